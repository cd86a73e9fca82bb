import { type Static, Type } from '../../core/typebox.js';
import type { Frozen } from '../../core/types.js';
import { MAX_NAME } from '../../models/pin.js';
import type { Name } from '../../models/pins.js';
import { actorOf } from '../actor-of.js';
import { asProblem, type ProblemOf } from '../as-problem.js';
import type { LiveModel } from '../live-model.js';
import { EXAMPLE_SEGMENT_ID, SEGMENT_ID, WORDS } from '../prediction-schema.js';
import { type Route, type RouteParam, route } from '../route.js';
import type { SegmentNames } from '../segment-names.js';

const TEXT = Type.String({
  minLength: 1,
  maxLength: MAX_NAME,
  pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f-\\u009f]*$',
});

const GIVEN = Type.Object(
  {
    en: TEXT,
    es: TEXT,
    reason: Type.Optional(Type.String({ maxLength: 500, description: 'Why; kept in the ledger' })),
  },
  { additionalProperties: false },
);

const NAMED = Type.Object({ segment_id: SEGMENT_ID, name: WORDS, name_pinned: Type.Boolean() });

const ID: RouteParam = {
  name: 'segment_id',
  description: 'Its permanent id',
  schema: SEGMENT_ID,
  example: EXAMPLE_SEGMENT_ID,
  absent: 'cluster_not_found',
};

const NAME = { en: 'songs for cooking', es: 'canciones para cocinar' };

const PROBLEM_OF: ProblemOf = {
  SEGUE_SEGMENT_NOT_FOUND: 'cluster_not_found',
  SEGUE_NO_PRODUCTION: 'no_model',
};

/** `PUT` and `DELETE /v1/segments/{segment_id}/name`: what people call a segment. */
export function segmentNameRoutes(names: SegmentNames): readonly Route[] {
  return [
    route({
      method: 'PUT',
      path: '/v1/segments/{segment_id}/name',
      id: 'pinSegmentName',
      tag: 'segments',
      summary: 'Give a segment a name of your own',
      description: 'It follows the permanent id from version to version, until it is taken back.',
      scope: 'admin',
      params: [ID],
      body: { schema: GIVEN, limitBytes: 16_384, example: NAME },
      answer: {
        description: 'What it is called now',
        schema: NAMED,
        example: { segment_id: EXAMPLE_SEGMENT_ID, name: NAME, name_pinned: true },
      },
      problems: ['no_model'],
      async handle({ params: { segment_id = '' }, body: { en, es, reason }, key }) {
        const name = { en: en.trim(), es: es.trim() };
        await asProblem(names.pin(segment_id, name, actorOf(key), reason), PROBLEM_OF);
        return { segment_id, name, name_pinned: true };
      },
    }),
    route({
      method: 'DELETE',
      path: '/v1/segments/{segment_id}/name',
      id: 'unpinSegmentName',
      tag: 'segments',
      summary: 'Take a segment’s own name back',
      scope: 'admin',
      params: [ID],
      answer: {
        description: 'What it is called now: as training proposes',
        schema: NAMED,
        example: {
          segment_id: EXAMPLE_SEGMENT_ID,
          name: { en: 'vocal, cheerful', es: 'vocal, alegre' },
          name_pinned: false,
        },
      },
      problems: ['no_model'],
      async handle({ params: { segment_id = '' }, key, live }) {
        const before = await asProblem(names.unpin(segment_id, actorOf(key)), PROBLEM_OF);
        return unpinned(live, segment_id, before);
      },
    }),
  ];
}

function unpinned(live: LiveModel | undefined, id: string, before: Name): Frozen<Static<typeof NAMED>> {
  const name = live?.model.segments.find(({ segment_id }) => segment_id === id)?.name ?? before;
  return { segment_id: id, name, name_pinned: false };
}
