import type { Explanation } from '../models/explain.js';
import { explain } from '../models/explain.js';
import { type Neighbour, type Prediction, predictOne } from '../models/predict.js';
import { valuesOf } from './feature-schema.js';
import type { LiveModel } from './live-model.js';
import type { Told, Track } from './prediction.js';

/** JSON of what every answer of a model has in common, written once. */
interface ModelText {
  readonly version: string;
  /** By `cluster_id`: from its number to the distance. */
  readonly segments: readonly string[];
  /** By feature: from its name to the contribution. */
  readonly features: readonly string[];
}

const TEXTS = new WeakMap<LiveModel, ModelText>();

/**
 * The JSON of `predictAlone`, made at half its cost: names and numbers that are the same in every answer of a model are not written anew
 * each time, and no object is made to be taken apart.
 */
export function predictionText(live: LiveModel, track: Track, told: Told): string {
  const values = valuesOf(live.contract, track);
  const prediction = predictOne(live.compiled, values);
  told.predicted(live, prediction, values);
  const text = TEXTS.get(live) ?? textOf(live);
  return write(text, prediction, explain(live.compiled, values, prediction));
}

function textOf(live: LiveModel): ModelText {
  const text: ModelText = {
    version: JSON.stringify(live.version),
    segments: live.segmentNames.map((segment) => `,"segment":${JSON.stringify(segment)},"distance":`),
    features: live.compiled.features.map(
      (feature) => `{"feature":${JSON.stringify(feature)},"contribution":`,
    ),
  };
  TEXTS.set(live, text);
  return text;
}

function write(
  text: ModelText,
  { cluster_id, distance, runner_up, margin }: Prediction,
  { unassigned, contributions, out_of_catalogue }: Explanation,
): string {
  return `{"cluster_id":${cluster_id},"model_version":${text.version}${text.segments[cluster_id]!}${distance},"unassigned":${unassigned},"runner_up":${neighbour(text, runner_up)},"margin":${margin},"contributions":${contributionList(text, contributions)},"out_of_catalogue":${out_of_catalogue.length === 0 ? '[]' : JSON.stringify(out_of_catalogue)}}`;
}

function neighbour({ segments }: ModelText, one: Neighbour | null): string {
  return one === null
    ? 'null'
    : `{"cluster_id":${one.cluster_id}${segments[one.cluster_id]!}${one.distance}}`;
}

function contributionList({ features }: ModelText, contributions: Explanation['contributions']): string {
  if (contributions === null) return 'null';
  let list = '[';
  for (let j = 0; j < contributions.length; j += 1) {
    list += `${j === 0 ? '' : ','}${features[j]!}${contributions[j]!.contribution}}`;
  }
  return `${list}]`;
}
