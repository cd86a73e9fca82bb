import { Type } from '../../core/typebox.js';
import type { AppDeps } from '../deps.js';
import { LOG_LEVELS } from '../log.js';
import { type Route, route } from '../route.js';

/** A day: a level that shows every request is seldom wanted for longer. */
const MOST_MINUTES = 1440;

const LEVEL = Type.Enum([...LOG_LEVELS], {
  description: 'Least level of what is logged; debug has every request',
});

const ANSWER = Type.Object({
  level: LEVEL,
  until: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
    description: 'When each process goes back to its own; null where it stays',
  }),
});

const BODY = Type.Object(
  {
    level: LEVEL,
    minutes: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MOST_MINUTES,
        description: 'How long; until it is changed unless given',
      }),
    ),
  },
  { additionalProperties: false },
);

const EXAMPLE = { level: 'debug' as const, until: '2026-11-23T05:30:00.000Z' };

/** `GET` and `PUT /v1/log-level`: what every process on the home logs, while it runs. */
export function logLevelRoutes({ logLevels, now }: Pick<AppDeps, 'logLevels' | 'now'>): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/log-level',
      id: 'getLogLevel',
      tag: 'operation',
      summary: 'What is logged',
      scope: 'admin',
      answer: { description: 'The level of the process that answers', schema: ANSWER, example: EXAMPLE },
      problems: [],
      async handle() {
        const { until = null } = (await logLevels.inForce()) ?? {};
        return { level: logLevels.current(), until };
      },
    }),
    route({
      method: 'PUT',
      path: '/v1/log-level',
      id: 'setLogLevel',
      tag: 'operation',
      summary: 'Log more or less, without a restart',
      description: 'Every process that serves the home follows within seconds.',
      scope: 'admin',
      body: { schema: BODY, limitBytes: 16_384, example: { level: 'debug', minutes: 30 } },
      answer: { description: 'What is logged now', schema: ANSWER, example: EXAMPLE },
      problems: [],
      async handle({ body: { level, minutes } }) {
        const until =
          minutes === undefined ? null : new Date(now().getTime() + minutes * 60_000).toISOString();
        await logLevels.set({ level, until });
        return { level, until };
      },
    }),
  ];
}
