import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { sealModel } from '#segue/models/format.js';
import { checkGolden, type GoldenPrediction } from '#segue/models/golden.js';
import { compile, predictOne } from '#segue/models/predict.js';
import { exampleModel } from './example.js';

const model = exampleModel({ k: 3, d: 2, seed: 1 });

const golden = (features: readonly number[]): GoldenPrediction => {
  const { cluster_id, distance } = predictOne(compile(model), features);
  return { features, cluster_id, distance };
};

it('a model that predicts as it did passes, and one without golden predictions too', () => {
  const value = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value)), (rows) => {
      checkGolden(model, { golden: rows.map(golden) });
    }),
  );
  checkGolden(model, {});
});

it('a model whose scaler or centroids moved is refused, with the track', () => {
  const kept = { golden: [golden([1, 2])] };
  const { version: _v, hash: _h, parent, ...content } = model;
  const mean = content.scaler.mean.map((value) => value + 1e-6);
  const other = sealModel({ ...content, scaler: { ...content.scaler, mean } }, parent);
  expect(() => checkGolden(other, kept)).toThrow('for 1, 2');
  const centroids = content.centroids.map((centroid) => centroid.map((value) => value + 1e-6));
  expect(() => checkGolden(sealModel({ ...content, centroids }, parent), kept)).toThrow('for 1, 2');
});
