import { type Static, Type } from 'typebox';
import type { FeatureContract } from '../../features/contract.js';
import type { AppDeps } from '../deps.js';
import { exampleTrack, trackSchema } from '../feature-schema.js';
import { compileCheck } from '../field-errors.js';
import { needModel } from '../live-model.js';
import { type BatchResult, type Predicted, predictBatch, predictTrack } from '../prediction.js';
import { BATCH_RESULT, PREDICTION } from '../prediction-schema.js';
import { invalidRequest, problemBody } from '../problem.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';

/** Most tracks in one batch. */
const BATCH_ITEMS = 10_000;

const TRACK_BYTES = 16 * 1024;
const BATCH_BYTES = 4 * 1024 * 1024;

/** `POST /v1/predict/cluster` and its batch. */
export function predictRoutes({
  contract,
  observer,
}: Pick<AppDeps, 'contract' | 'observer'>): readonly Route[] {
  const track = trackSchema(contract);
  const checkTrack = compileCheck(track);
  const batch = Type.Object(
    // An item that is not a track is answered, not refused: so the schema lets anything through.
    { items: Type.Array(Type.Union([track, Type.Unknown()]), { maxItems: BATCH_ITEMS }) },
    { additionalProperties: false },
  );
  return [
    route({
      method: 'POST',
      path: '/v1/predict/cluster',
      id: 'predictCluster',
      tag: 'predictions',
      summary: 'The segment of one track',
      scope: 'predict',
      body: { schema: track, limitBytes: TRACK_BYTES, example: exampleTrack(contract) },
      answer: {
        description: 'The segment, and how clear a case it is',
        schema: PREDICTION,
        example: EXAMPLE,
      },
      problems: ['no_model'],
      handle(ask) {
        const live = needModel(ask.live);
        const { cluster_id, ...rest } = predictTrack(live, ask.body, observer);
        return { cluster_id, model_version: live.version, ...rest };
      },
    }),
    route({
      method: 'POST',
      path: '/v1/predict/clusters',
      id: 'predictClusters',
      tag: 'predictions',
      summary: 'The segments of many tracks',
      description: `At most ${BATCH_ITEMS} items. One that breaks a rule gets a problem of its own; the others are answered all the same.`,
      scope: 'predict',
      body: { schema: batch, limitBytes: BATCH_BYTES, example: { items: [exampleTrack(contract), {}] } },
      answer: { description: 'One result per item', schema: BATCH_RESULT, example: batchExample(contract) },
      problems: ['no_model'],
      handle(ask) {
        const live = needModel(ask.live);
        return predictBatch(live, ask.body.items, checkTrack, observer);
      },
    }),
  ];
}

const EXAMPLE_PREDICTED: Predicted = {
  cluster_id: 3,
  segment: { name: { en: 'danceable, fast', es: 'bailable, rápido' } },
  distance: 0.8241,
  runner_up: {
    cluster_id: 0,
    segment: { name: { en: 'vocal, cheerful', es: 'vocal, alegre' } },
    distance: 1.3108,
  },
  margin: 0.3713,
};

const EXAMPLE: Static<typeof PREDICTION> = { model_version: EXAMPLE_VERSION, ...EXAMPLE_PREDICTED };

function batchExample(contract: FeatureContract): BatchResult {
  const errors = compileCheck(trackSchema(contract))({});
  return {
    model_version: EXAMPLE_VERSION,
    predicted: 1,
    refused: 1,
    results: [
      { prediction: EXAMPLE_PREDICTED },
      { problem: problemBody('invalid_request', invalidRequest(errors)) },
    ],
  };
}
