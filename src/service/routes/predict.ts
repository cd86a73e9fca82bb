import { Type } from 'typebox';
import type { FeatureContract } from '../../features/contract.js';
import type { AppDeps } from '../deps.js';
import { exampleTrack, trackSchema } from '../feature-schema.js';
import { compileCheck } from '../field-errors.js';
import { needModel } from '../live-model.js';
import {
  type BatchResult,
  type Predicted,
  predictAlone,
  predictBatch,
  predictLean,
  predictLeanAlone,
  predictTrack,
} from '../prediction.js';
import {
  BATCH_RESULT,
  DETAIL,
  EXAMPLE_SEGMENT_ID,
  LEAN_PREDICTION,
  PREDICTION,
} from '../prediction-schema.js';
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
      summary: 'The segment of one track, and why',
      scope: 'predict',
      query: DETAIL,
      body: { schema: track, limitBytes: TRACK_BYTES, example: exampleTrack(contract) },
      answer: {
        description: 'The segment, how clear a case it is, and what speaks for it',
        schema: Type.Union([PREDICTION, LEAN_PREDICTION]),
        example: { model_version: EXAMPLE_VERSION, ...predictedExample(contract) },
      },
      problems: ['no_model'],
      handle(ask) {
        const live = needModel(ask.live);
        return ask.query.detail === 'lean'
          ? predictLeanAlone(live, ask.body, observer)
          : predictAlone(live, ask.body, observer);
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
      query: DETAIL,
      body: { schema: batch, limitBytes: BATCH_BYTES, example: { items: [exampleTrack(contract), {}] } },
      answer: { description: 'One result per item', schema: BATCH_RESULT, example: batchExample(contract) },
      problems: ['no_model'],
      handle(ask) {
        const live = needModel(ask.live);
        const predict = ask.query.detail === 'lean' ? predictLean : predictTrack;
        return predictBatch(live, ask.body.items, checkTrack, observer, predict);
      },
    }),
  ];
}

/** Sum of these: the runner-up's distance less the segment's. */
const EXAMPLE_CONTRIBUTIONS = [0.0078125, 0.15625, 0.28125, -0.0390625, 0.09375];

function predictedExample({ features }: FeatureContract): Predicted {
  return {
    cluster_id: 3,
    segment: { segment_id: EXAMPLE_SEGMENT_ID, name: { en: 'danceable, fast', es: 'bailable, rápido' } },
    distance: 0.8125,
    unassigned: false,
    runner_up: {
      cluster_id: 0,
      segment: { segment_id: 'seg_q4m2x7ab3k', name: { en: 'vocal, cheerful', es: 'vocal, alegre' } },
      distance: 1.3125,
    },
    margin: 0.38095238095238093,
    contributions: features.map(({ name }, j) => ({
      feature: name,
      contribution: EXAMPLE_CONTRIBUTIONS[j] ?? 0,
    })),
    out_of_catalogue: [],
  };
}

function batchExample(contract: FeatureContract): BatchResult {
  const errors = compileCheck(trackSchema(contract))({});
  return {
    model_version: EXAMPLE_VERSION,
    predicted: 1,
    refused: 1,
    results: [
      { prediction: predictedExample(contract) },
      { problem: problemBody('invalid_request', invalidRequest(errors)) },
    ],
  };
}
