import { Type } from '../core/typebox.js';
import { SEGMENT_ID_PATTERN } from '../training/identity/segment-id.js';
import { ITEM_PROBLEM_SCHEMA } from './problem-schema.js';

export const WORDS = Type.Object({ en: Type.String(), es: Type.String() });

export const CLUSTER_ID = Type.Integer({
  minimum: 0,
  description: 'Index of the segment in this model version; 0 is the largest',
});

export const SEGMENT_ID = Type.String({
  pattern: SEGMENT_ID_PATTERN,
  description: 'Permanent id of the segment: the same in every model version that still has it',
});

/** A permanent id for documentation. */
export const EXAMPLE_SEGMENT_ID = 'seg_k3v7qd2mza';

/** A segment for documentation. */
export const EXAMPLE_SEGMENT = {
  segment_id: EXAMPLE_SEGMENT_ID,
  name: { en: 'vocal, cheerful', es: 'vocal, alegre' },
};

export const SEGMENT = Type.Object({ segment_id: SEGMENT_ID, name: WORDS });

const DISTANCE = Type.Number({
  minimum: 0,
  description: 'Euclidean distance to the centre of the segment, in standard deviations',
});

const CONTRIBUTION = Type.Object({
  feature: Type.String(),
  contribution: Type.Number({
    description: 'In standard deviations; positive speaks for the segment, negative for the runner-up',
  }),
});

const OUT_OF_CATALOGUE = Type.Object({
  feature: Type.String(),
  limit: Type.Number({ description: 'The least or the largest value of the training tracks' }),
  side: Type.Enum(['below', 'above'], { description: 'Where the value lies' }),
});

const EXPLAINED = {
  segment: SEGMENT,
  distance: DISTANCE,
  unassigned: Type.Boolean({
    description:
      'True when the track is farther from the segment than 99.9 % of the segment’s training tracks; cluster_id is the nearest all the same',
  }),
  runner_up: Type.Union(
    [Type.Object({ cluster_id: CLUSTER_ID, segment: SEGMENT, distance: DISTANCE }), Type.Null()],
    {
      description: 'The second nearest segment; null if the model has only one',
    },
  ),
  margin: Type.Number({
    minimum: 0,
    maximum: 1,
    description: '1 - distance / runner_up.distance: 0 on the border of two segments, 1 in the centre of one',
  }),
  contributions: Type.Union([Type.Array(CONTRIBUTION), Type.Null()], {
    description:
      'What each feature adds to the lead over the runner-up. Added up in this order, as 64-bit floats, they are exactly runner_up.distance - distance; null if there is no runner-up',
  }),
  out_of_catalogue: Type.Array(OUT_OF_CATALOGUE, {
    description: 'Features outside of what the training tracks hold; mostly none',
  }),
};

const VERSION = Type.String({ description: 'Version of the model that answered' });

/** The segment of one item, and why. */
export const PREDICTED = Type.Object({ cluster_id: CLUSTER_ID, ...EXPLAINED });

/** Only what `detail=lean` asks for. */
export const LEAN_PREDICTED = Type.Object({ cluster_id: CLUSTER_ID });

/** Answer to one track. */
export const PREDICTION = Type.Object({ cluster_id: CLUSTER_ID, model_version: VERSION, ...EXPLAINED });

export const LEAN_PREDICTION = Type.Object({ cluster_id: CLUSTER_ID, model_version: VERSION });

/** How much is answered. */
export const DETAIL = Type.Object(
  {
    detail: Type.Optional(
      Type.Enum(['full', 'lean'], {
        default: 'full',
        description: 'full: the segment and why; lean: cluster_id only, which is faster',
      }),
    ),
  },
  { additionalProperties: false },
);

const PREDICTED_ITEM = { prediction: Type.Union([PREDICTED, LEAN_PREDICTED]) };
const REFUSED_ITEM = { problem: ITEM_PROBLEM_SCHEMA };

/** Answer to a batch: one result per item, in the order of the items. */
export const BATCH_RESULT = Type.Object({
  model_version: VERSION,
  results: Type.Array(Type.Union([Type.Object(PREDICTED_ITEM), Type.Object(REFUSED_ITEM)]), {
    description: 'Result i belongs to item i',
  }),
  predicted: Type.Integer({ minimum: 0, description: 'Items that were put into a segment' }),
  refused: Type.Integer({ minimum: 0, description: 'Items that break a rule' }),
});

const LINE = Type.Integer({
  minimum: 1,
  description: 'Number of the line that this answers; blank lines count, and are not answered',
});

/** Answer to one line of a stream. */
export const LINE_RESULT = Type.Union([
  Type.Object({ line: LINE, ...PREDICTED_ITEM }),
  Type.Object({ line: LINE, ...REFUSED_ITEM }),
]);
