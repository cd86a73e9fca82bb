import { seededRandom } from '#segue/core/random.js';
import { type Asked, countAsked } from '#segue/drift/asked.js';
import type { Tally } from '#segue/drift/tally.js';
import { tallyOf } from '#segue/drift/tally.js';
import type { Model } from '#segue/models/format.js';
import { compile, predictOne } from '#segue/models/predict.js';

export interface Asking {
  /** How far every value of a feature is moved, in its standard deviations. */
  readonly shift?: Readonly<Record<string, number>>;
  readonly seed?: number;
}

/** Asks a model for tracks whose features are normal with its reference's mean and standard deviation. */
export function askFor(
  asked: Asked,
  model: Model,
  tracks: number,
  { shift = {}, seed = 1 }: Asking = {},
): void {
  const random = seededRandom(seed);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const answering = { model, compiled: compile(model) };
  for (let i = 0; i < tracks; i += 1) {
    const values = model.reference.map(
      ({ feature, mean, sd }) =>
        mean + sd * (Math.max(-2.9, Math.min(2.9, normal())) + (shift[feature] ?? 0)),
    );
    asked.predicted(answering, predictOne(answering.compiled, values), values);
  }
}

/** What a model knows of so many tracks. */
export function tallyFor(model: Model, tracks: number, asking: Asking = {}): Tally {
  const asked = countAsked();
  askFor(asked, model, tracks, asking);
  const [counts] = asked.all();
  return tallyOf(model, counts!.sums);
}
