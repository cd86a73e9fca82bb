import { Type } from 'typebox';
import { ITEM_PROBLEM_SCHEMA } from './problem-schema.js';

export const WORDS = Type.Object({ en: Type.String(), es: Type.String() });

const CLUSTER_ID = Type.Integer({
  minimum: 0,
  description: 'Index of the segment in this model version; 0 is the largest',
});

const SEGMENT = Type.Object({ name: WORDS });

const DISTANCE = Type.Number({
  minimum: 0,
  description: 'Euclidean distance to the centre of the segment, in standard deviations',
});

const PREDICTED = {
  segment: SEGMENT,
  distance: DISTANCE,
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
};

const VERSION = Type.String({ description: 'Version of the model that answered' });

/** Answer to one track. */
export const PREDICTION = Type.Object({ cluster_id: CLUSTER_ID, model_version: VERSION, ...PREDICTED });

/** Answer to a batch: one result per item, in the order of the items. */
export const BATCH_RESULT = Type.Object({
  model_version: VERSION,
  predicted: Type.Integer({ minimum: 0, description: 'Items that were put into a segment' }),
  refused: Type.Integer({ minimum: 0, description: 'Items that break a rule' }),
  results: Type.Array(
    Type.Union([
      Type.Object({ prediction: Type.Object({ cluster_id: CLUSTER_ID, ...PREDICTED }) }),
      Type.Object({ problem: ITEM_PROBLEM_SCHEMA }),
    ]),
    { description: 'Result i belongs to item i' },
  ),
});
