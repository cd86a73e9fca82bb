import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealModel } from '#segue/models/format.js';
import { compile, FARTHEST_Z, predictOne } from '#segue/models/predict.js';
import { contentOf, exampleModel } from './example.js';

const plain = (...centroids: readonly (readonly number[])[]): ReturnType<typeof compile> => {
  const d = centroids[0]!.length;
  const zeros = Array.from({ length: d }, () => 0);
  return compile(
    sealModel(
      contentOf(
        zeros,
        zeros.map(() => 1),
        centroids,
      ),
      null,
    ),
  );
};

describe('predictOne', () => {
  it('gives the nearest segment, the next one and the margin between them', () => {
    const model = compile(
      sealModel(
        contentOf(
          [10, 100],
          [2, 20],
          [
            [0, 0],
            [3, 4],
            [-30, -40],
          ],
        ),
        null,
      ),
    );
    expect(predictOne(model, [16, 180])).toEqual({
      cluster_id: 1,
      distance: 0,
      runner_up: { cluster_id: 0, distance: 5 },
      margin: 1,
    });
    expect(predictOne(model, [12, 100])).toEqual({
      cluster_id: 0,
      distance: 1,
      runner_up: { cluster_id: 1, distance: Math.sqrt(20) },
      margin: 1 - 1 / Math.sqrt(20),
    });
  });

  it('gives a track between two segments to the lower id', () => {
    const model = plain([4, 0], [2, 0], [-2, 0], [0, 2]);
    expect(predictOne(model, [0, 0])).toEqual({
      cluster_id: 1,
      distance: 2,
      runner_up: { cluster_id: 2, distance: 2 },
      margin: 0,
    });
    expect(predictOne(model, [3, 0])).toMatchObject({ cluster_id: 0, runner_up: { cluster_id: 1 } });
    expect(predictOne(plain([1, 1], [1, 1]), [1, 1])).toMatchObject({
      cluster_id: 0,
      runner_up: { cluster_id: 1 },
      margin: 0,
    });
  });

  it('knows no runner-up where there is one segment only', () => {
    expect(predictOne(plain([1, 0]), [0, 0])).toEqual({
      cluster_id: 0,
      distance: 1,
      runner_up: null,
      margin: 1,
    });
  });

  it('sorts all distances, for any model', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(),
        fc.nat(),
        (k, d, seed, other) => {
          const model = exampleModel({ k, d, seed });
          const values = exampleModel({ k, d, seed: other }).scaler.mean;
          const { mean, sd } = model.scaler;
          const distances = model.centroids.map((centroid) =>
            Math.sqrt(centroid.reduce((sum, c, j) => sum + ((values[j]! - mean[j]!) / sd[j]! - c) ** 2, 0)),
          );
          const order = distances.map((_, c) => c).toSorted((a, b) => distances[a]! - distances[b]! || a - b);
          const [first, second] = order as [number, number];
          expect(predictOne(compile(model), values)).toEqual({
            cluster_id: first,
            distance: distances[first],
            runner_up: { cluster_id: second, distance: distances[second] },
            margin: 1 - distances[first]! / distances[second]!,
          });
        },
      ),
    );
  });

  it('answers finite values of any size with finite numbers', () => {
    const model = exampleModel();
    const compiled = compile(model);
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 5, maxLength: 5 }), (values) => {
        const { cluster_id, distance, runner_up, margin } = predictOne(compiled, values);
        expect([distance, runner_up!.distance, margin].every(Number.isFinite)).toBe(true);
        expect(margin).toBeGreaterThanOrEqual(0);
        expect(cluster_id).not.toBe(runner_up!.cluster_id);
      }),
      {
        examples: [[[1e308, -1e308, 1e308, -1e308, 1e308]], [[Number.MAX_VALUE, 0, 0, 0, -Number.MAX_VALUE]]],
      },
    );
    expect(predictOne(plain([0], [1]), [1e308]).distance).toBe(FARTHEST_Z);
  });

  it('refuses what is not a finite number, and another count of values', () => {
    const model = compile(exampleModel());
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      expect(() => predictOne(model, [0, 0, 0, value, 0])).toThrow(
        `valence is not a finite number; value: ${value}`,
      );
    }
    expect(() => predictOne(model, [1, 2, 3, 4])).toThrowError(
      expect.objectContaining({ code: 'SEGUE_INVALID_NUMBER' }),
    );
    expect(() => predictOne(model, [1, 2, 3, 4, 5, 6])).toThrow('value: 6; limit: 5');
  });
});
