import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '#segue/core/random.js';
import { contributionsOf, leadingBit } from '#segue/models/contributions.js';
import { explain } from '#segue/models/explain.js';
import { type ModelContent, sealModel } from '#segue/models/format.js';
import {
  type CompiledModel,
  compile,
  FARTHEST_Z,
  type Neighbour,
  predictOne,
} from '#segue/models/predict.js';
import { contentOf, exampleModel } from './example.js';

/** A track standardised, between the centroids of two segments, the nearer one first. */
interface Case {
  readonly z: Float64Array;
  readonly model: Pick<CompiledModel, 'centroids'>;
  readonly near: Neighbour;
  readonly far: Neighbour;
}

function caseOf(z: readonly number[], one: readonly number[], other: readonly number[]): Case {
  const distance = (centroid: readonly number[]): number =>
    Math.sqrt(centroid.reduce((sum, c, j) => sum + (z[j]! - c) * (z[j]! - c), 0));
  const found = [one, other].map((centroid, cluster_id) => ({ cluster_id, distance: distance(centroid) }));
  const [near, far] = found.toSorted((a, b) => a.distance - b.distance) as [Neighbour, Neighbour];
  return {
    z: Float64Array.from(z),
    model: { centroids: Float64Array.from([...one, ...other]) },
    near,
    far,
  };
}

const contributions = ({ model, z, near, far }: Case): number[] => contributionsOf(model, z, near, far);

/** As a client adds them up. */
const leftToRight = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** The formula as it stands, whose sum is off by a few last places. */
function plainly({ model, z, near, far }: Case): number[] {
  const d = z.length;
  const total = near.distance + far.distance;
  return Array.from(z, (x, j) => {
    const to = ({ cluster_id }: Neighbour): number => (x - model.centroids[cluster_id * d + j]!) ** 2;
    return total === 0 ? 0 : (to(far) - to(near)) / total;
  });
}

/** Whether the sum is the difference to the last bit, and each part the formula's but for a few last places of the distance. */
function isExact(given: Case): boolean {
  const found = contributions(given);
  const { near, far } = given;
  const allowed = (8 + 2 * found.length) * Number.EPSILON * far.distance;
  return (
    leftToRight(found) === far.distance - near.distance &&
    plainly(given).every((expected, j) => Math.abs(found[j]! - expected) <= allowed)
  );
}

/** The first of many cases that fails, if one does. */
function firstFailure(cases: number, next: () => Case): Case | undefined {
  for (let i = 0; i < cases; i += 1) {
    const given = next();
    if (!isExact(given)) return given;
  }
  return undefined;
}

/** Kinds of numbers that sums go wrong with. */
const KINDS: readonly ((random: Random) => number)[] = [
  (random) => random.normal(),
  (random) => Math.round(2 * random.normal()),
  (random) => random.normal() * 10 ** (300 * random.next() - 150),
  (random) => random.normal() * 1e-160,
  (random) => random.normal() * 1e-162,
  (random) => Number.MIN_VALUE * random.below(4),
  (random) => (random.next() < 0.5 ? FARTHEST_Z : -FARTHEST_Z),
  (random) => 2 ** (random.below(60) - 30) * (1 + (random.below(5) - 2) * Number.EPSILON),
  () => 0,
];

/** A random track and two centroids: all of one kind, mixed, the other centroid mirrored, or moved by a last place. */
function randomCase(random: Random): Case {
  const d = 1 + random.below(8);
  const kind = random.below(KINDS.length + 1);
  const number = (): number => KINDS[kind === KINDS.length ? random.below(KINDS.length) : kind]!(random);
  const point = (): number[] => Array.from({ length: d }, number);
  const z = point();
  const one = point();
  const others = [
    point,
    () => z.map((x, j) => x + (x - one[j]!)), // as far away, on the other side
    () => one.map((x) => x * (1 + (random.below(3) - 1) * Number.EPSILON)),
    () => one.map((x, j) => (j === d - 1 ? -x : x)),
    () => z,
  ];
  const other = others[random.below(others.length)]!();
  const held = (x: number): number => Math.max(-FARTHEST_Z, Math.min(FARTHEST_Z, x));
  return caseOf(z.map(held), one.map(held), other.map(held));
}

describe('contributions', () => {
  it('are the formula', () => {
    // distances 5 and 13: (25 - 0) / 18 and (144 - 25) / 18
    const given = caseOf([0, 0], [0, 5], [5, 12]);
    const [first, second] = contributions(given) as [number, number];
    expect(first).toBeCloseTo(25 / 18, 14);
    expect(second).toBeCloseTo(119 / 18, 14);
    expect(first + second).toBe(8);
  });

  it('add up exactly, from left to right: a million random, tied, extreme and denormal cases', () => {
    const random = seededRandom(7);
    expect(firstFailure(1_000_000, () => randomCase(random))).toBeUndefined();
  });

  it('add up exactly where one feature outweighs the difference, at every place', () => {
    const random = seededRandom(8);
    const heavyCase = (): Case => {
      const d = 2 + random.below(4);
      const heavy = random.below(d);
      const z = Array.from({ length: d }, () => 0);
      const far = z.map((_, j) => (j === heavy ? 1 + random.next() : random.next() / 100));
      const near = z.map((_, j) => (j === heavy ? 0 : 0.5 * random.next()));
      return caseOf(z, near, far);
    };
    expect(firstFailure(100_000, heavyCase)).toBeUndefined();
  });

  it('add up exactly for any doubles', () => {
    const double = fc.double({ min: -FARTHEST_Z, max: FARTHEST_Z, noNaN: true });
    const points = fc
      .integer({ min: 1, max: 6 })
      .chain((d) =>
        fc.tuple(...Array.from({ length: 3 }, () => fc.array(double, { minLength: d, maxLength: d }))),
      );
    fc.assert(
      fc.property(points, ([z, one, other]) => isExact(caseOf(z!, one!, other!))),
      { numRuns: 20_000, seed: 1 },
    );
  });

  it('are zeros, not minus zeros, where both centroids are where the track is', () => {
    expect(contributions(caseOf([1, 2], [1, 2], [1, 2]))).toEqual([0, 0]);
    expect(contributions(caseOf([0, 0], [1, 0], [-1, 0]))).toEqual([0, 0]);
  });
});

describe('leadingBit', () => {
  it('is the power of two that begins a number', () => {
    const random = seededRandom(9);
    for (let exponent = -960; exponent <= 960; exponent += 1) {
      const power = 2 ** exponent;
      for (const x of [1, 1 + Number.EPSILON, 1 + random.next(), 2 - Number.EPSILON]) {
        expect(leadingBit(x * power)).toBe(power);
      }
    }
  });
});

describe('explain', () => {
  const content = contentOf(
    [10, 100],
    [2, 20],
    [
      [0, 0],
      [3, 4],
    ],
  );
  const modelOf = (change: Partial<ModelContent> = {}): CompiledModel =>
    compile(sealModel({ ...content, ...change }, null));
  const ask = (model: CompiledModel, values: readonly number[]) =>
    explain(model, values, predictOne(model, values));

  it('names each feature’s part in the lead over the runner-up', () => {
    const { contributions: parts } = ask(modelOf(), [12, 100]);
    expect(parts!.map(({ feature }) => feature)).toEqual(['feature_0', 'feature_1']);
    // z = (1, 0): (2² - 1²) and (4² - 0²) over √20 + 1
    expect(parts![0]!.contribution).toBeCloseTo(3 / (Math.sqrt(20) + 1), 14);
    expect(parts![1]!.contribution).toBeCloseTo(16 / (Math.sqrt(20) + 1), 14);
    expect(parts![0]!.contribution + parts![1]!.contribution).toBe(Math.sqrt(20) - 1);
  });

  it('has no contributions where there is no runner-up', () => {
    const lone = compile(exampleModel({ k: 1 }));
    expect(ask(lone, [...lone.mean]).contributions).toBeNull();
  });

  it('calls a track unassigned beyond the 99.9th percentile of its own segment’s distances', () => {
    const [near, far] = content.segments as [ModelContent['segments'][0], ModelContent['segments'][0]];
    const distances = { p50: 0.1, p90: 0.1, p95: 0.1, p99: 0.1, p99_9: 1, max: 9 };
    const model = modelOf({ segments: [{ ...near, distances }, far] });
    expect(ask(model, [12, 100]).unassigned).toBe(false); // at 1
    expect(ask(model, [12.000001, 100]).unassigned).toBe(true);
    expect(ask(model, [18, 180]).unassigned).toBe(false); // the other segment's limit is 3
    const empty = modelOf({ segments: [{ ...near, rows: 0, distances: null }, far] });
    expect(ask(empty, [12, 100]).unassigned).toBe(true);
  });

  it('names features outside of the training tracks’ range, with the limit and the side', () => {
    const model = modelOf();
    expect(ask(model, [4, 160]).out_of_catalogue).toEqual([]);
    expect(ask(model, [3.999, 160.001]).out_of_catalogue).toEqual([
      { feature: 'feature_0', limit: 4, side: 'below' },
      { feature: 'feature_1', limit: 160, side: 'above' },
    ]);
  });

  it('depends on the values alone, not on what was predicted in between', () => {
    const model = modelOf();
    const prediction = predictOne(model, [12, 100]);
    const expected = explain(model, [12, 100], prediction);
    predictOne(model, [-7, 1e9]);
    expect(explain(model, [12, 100], prediction)).toEqual(expected);
  });
});
