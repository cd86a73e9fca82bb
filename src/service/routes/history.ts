import { Type } from '../../core/typebox.js';
import { asProblem } from '../as-problem.js';
import type { AppDeps } from '../deps.js';
import { EXAMPLE_SEGMENT_ID, SEGMENT_ID, WORDS } from '../prediction-schema.js';
import { Problem } from '../problem.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';
import { EXAMPLE_RUN, RUN_PARAM } from '../run-schema.js';

const TIME = Type.String({ format: 'date-time' });
const RUN_ID = Type.Union([Type.String(), Type.Null()]);
const SHARE = Type.Number({ minimum: 0, maximum: 1 });
const ROWS = Type.Integer({ minimum: 0 });

const CONTENT = Type.Object({
  parent: Type.Union([Type.String(), Type.Null()], { description: 'In production when it was trained' }),
  k: Type.Integer({ minimum: 1, description: 'Number of segments' }),
  wcss: Type.Number({ description: 'Squared distances of the training tracks to their centres, summed' }),
  silhouette: Type.Object({
    metric: Type.String({ description: 'Its definition, and the sample size where it is an estimate' }),
    value: Type.Number(),
    ci95: Type.Union([Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }), Type.Null()]),
  }),
  kept_share: Type.Union([SHARE, Type.Null()], {
    description:
      'Share of the training tracks whose segment keeps its id; null without a version to compare with',
  }),
  segments: Type.Array(
    Type.Object({
      segment_id: SEGMENT_ID,
      name: WORDS,
      colour: Type.String(),
      rows: ROWS,
      share: SHARE,
    }),
  ),
  flows: Type.Array(Type.Object({ from: SEGMENT_ID, to: SEGMENT_ID, rows: Type.Integer() }), {
    description: 'Training tracks by their segment in the parent and here; new tracks count where they are',
  }),
});

const HISTORY = Type.Object({
  versions: Type.Array(
    Type.Object({
      version: Type.String(),
      run: RUN_ID,
      at: TIME,
      verdict: Type.Enum(['accepted', 'refused']),
      failed_rules: Type.Array(Type.String()),
      silhouette_limit: Type.Union([Type.Number(), Type.Null()]),
      content: Type.Union([CONTENT, Type.Null()], { description: 'null where its files are gone' }),
    }),
    { description: 'Every retrain that came to a verdict, the oldest first' },
  ),
  production: Type.Array(
    Type.Object({
      version: Type.String(),
      from: TIME,
      to: Type.Union([TIME, Type.Null()]),
      event: Type.Enum(['promoted', 'rolled_back']),
      actor: Type.String(),
    }),
    { description: 'When which version was in production, the oldest first' },
  ),
});

const DECISION = Type.Record(Type.String(), Type.Unknown(), {
  description: 'decision.json: every rule with value, interval, limit and verdict',
});

/** `GET /v1/history` and `GET /v1/runs/{run}/decision`: how the model became what it is. */
export function historyRoutes({ archive }: Pick<AppDeps, 'archive'>): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/history',
      id: 'getHistory',
      tag: 'models',
      summary: 'Every retrain with its figures and verdict, and what was in production when',
      scope: 'read',
      answer: { description: 'From the beginning until now', schema: HISTORY, example: EXAMPLE },
      problems: [],
      handle: async () => archive.history() as Promise<typeof EXAMPLE>,
    }),
    route({
      method: 'GET',
      path: '/v1/runs/{run}/decision',
      id: 'getDecision',
      tag: 'models',
      summary: 'What the gate decided on a run, rule by rule',
      scope: 'read',
      params: [RUN_PARAM],
      answer: { description: 'The decision', schema: DECISION, example: EXAMPLE_DECISION },
      problems: ['decision_not_found'],
      async handle({ params: { run = '' } }) {
        const decision = await asProblem(archive.decision(run), { SEGUE_RUN_NOT_FOUND: 'run_not_found' });
        if (decision === undefined) throw new Problem('decision_not_found');
        return { ...decision };
      },
    }),
  ];
}

const EXAMPLE = {
  versions: [
    {
      version: EXAMPLE_VERSION,
      run: EXAMPLE_RUN.run,
      at: '2026-11-23T05:00:14.000Z',
      verdict: 'accepted' as const,
      failed_rules: [],
      silhouette_limit: 0.2,
      content: {
        parent: null,
        k: 1,
        wcss: 20_000,
        silhouette: { metric: 'silhouette_euclidean', value: 0.28, ci95: null },
        kept_share: null,
        segments: [
          {
            segment_id: EXAMPLE_SEGMENT_ID,
            name: { en: 'vocal, cheerful', es: 'vocal, alegre' },
            colour: '#0072B2',
            rows: 4000,
            share: 1,
          },
        ],
        flows: [],
      },
    },
  ],
  production: [
    {
      version: EXAMPLE_VERSION,
      from: '2026-11-23T05:00:14.000Z',
      to: null,
      event: 'promoted' as const,
      actor: 'ana',
    },
  ],
};

const EXAMPLE_DECISION = {
  version: EXAMPLE_VERSION,
  verdict: 'accepted',
  rules: [
    {
      rule: 'silhouette_floor',
      metric: 'silhouette_euclidean',
      value: 0.28,
      comparison: '>=',
      limit: 0.2,
      ci95: null,
      verdict: 'pass',
      explanation: 'silhouette_euclidean is 0.2800; the limit is 0.2000.',
    },
  ],
};
