import { Type } from '../../core/typebox.js';
import type { FeatureContract } from '../../features/contract.js';
import type { AppDeps } from '../deps.js';
import { exampleTrack, trackSchema } from '../feature-schema.js';
import { compileCheck } from '../field-errors.js';
import { JsonText } from '../json-text.js';
import { needModel } from '../live-model.js';
import { NDJSON } from '../ndjson/media-type.js';
import { predictLines } from '../ndjson/predict-lines.js';
import { Pieces } from '../pieces.js';
import { predictBatch } from '../predict-batch.js';
import {
  type BatchBy,
  type BatchResult,
  type Predicted,
  predictLean,
  predictLeanAlone,
  predictTrack,
} from '../prediction.js';
import {
  BATCH_RESULT,
  DETAIL,
  EXAMPLE_SEGMENT_ID,
  LEAN_PREDICTION,
  LINE_RESULT,
  PREDICTION,
} from '../prediction-schema.js';
import { predictionText } from '../prediction-text.js';
import { invalidRequest, problemBody } from '../problem.js';
import { type Ask, EXAMPLE_VERSION, PREDICT_ROUTE, type Route, type RouteLines, route } from '../route.js';
import type { NextTurn } from '../turns.js';

/** Most tracks in one batch of JSON. */
const BATCH_ITEMS = 100_000;

/** One track, alone or as a line. */
const TRACK_BYTES = 16 * 1024;
/** So many tracks of 17 digits and full names have half of it. */
const BATCH_BYTES = 32 * 1024 * 1024;

/** `POST /v1/predict/cluster` and its batch. */
export function predictRoutes({
  contract,
  observer: { asked },
  nextTurn,
}: Pick<AppDeps, 'contract' | 'observer'> & { readonly nextTurn: NextTurn }): readonly Route[] {
  const track = trackSchema(contract);
  const checkTrack = compileCheck(track);
  const batch = Type.Object(
    // An item that is not a track is answered, not refused: so the schema lets anything through.
    { items: Type.Array(Type.Union([track, Type.Unknown()]), { maxItems: BATCH_ITEMS }) },
    { additionalProperties: false },
  );
  const batchBy = ({
    live,
    query,
  }: Pick<Ask<unknown, Readonly<Record<string, unknown>>>, 'live' | 'query'>): BatchBy => ({
    live: needModel(live),
    checkTrack,
    predict: query['detail'] === 'lean' ? predictLean : predictTrack,
    told: asked,
  });
  return [
    route({
      method: 'POST',
      path: PREDICT_ROUTE,
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
          ? predictLeanAlone(live, ask.body, asked)
          : new JsonText(predictionText(live, ask.body, asked));
      },
    }),
    route({
      method: 'POST',
      path: '/v1/predict/clusters',
      id: 'predictClusters',
      tag: 'predictions',
      summary: 'The segments of many tracks',
      description: `An item that breaks a rule gets a problem of its own; the others are answered all the same. As application/json, at most ${BATCH_ITEMS} items. As ${NDJSON}, any number: one track a line, one line of answer for each in the same order, while the rest is still being sent; so read the answers while you send. A stream that stands still for 30 s is cut off.`,
      scope: 'predict',
      query: DETAIL,
      body: { schema: batch, limitBytes: BATCH_BYTES, example: { items: [exampleTrack(contract), {}] } },
      answer: { description: 'One result per item', schema: BATCH_RESULT, example: batchExample(contract) },
      lines: {
        limitBytes: TRACK_BYTES,
        nextTurn,
        item: track,
        result: LINE_RESULT,
        example: linesExample(contract),
        open: (ask) => predictLines(batchBy(ask), TRACK_BYTES),
      },
      problems: ['no_model'],
      handle: (ask) => new Pieces(predictBatch(batchBy(ask), ask.body.items, nextTurn)),
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
  return { model_version: EXAMPLE_VERSION, results: exampleResults(contract), predicted: 1, refused: 1 };
}

function linesExample(contract: FeatureContract): RouteLines['example'] {
  return {
    items: [exampleTrack(contract), {}],
    results: exampleResults(contract).map((result, i) => ({ line: i + 1, ...result })),
  };
}

/** Results of a track and of an empty object. */
function exampleResults(contract: FeatureContract): BatchResult['results'] {
  const errors = compileCheck(trackSchema(contract))({});
  return [
    { prediction: predictedExample(contract) },
    { problem: problemBody('invalid_request', invalidRequest(errors)) },
  ];
}
