import { expect, it, onTestFinished } from 'vitest';
import { columnsFromRows } from '#segue/core/columns.js';
import { seededRandom } from '#segue/core/random.js';
import { compile, predictOne } from '#segue/models/predict.js';
import { assign } from '#segue/training/assign.js';
import { openPool } from '#segue/training/pool.js';
import { exampleModel } from './example.js';

it('gives one track the label and distance that the trainer gives it among many, on boundaries too', async () => {
  const pool = openPool(2);
  onTestFinished(() => pool.close());
  const random = seededRandom(3);
  for (const { k, d } of [
    { k: 5, d: 5 },
    { k: 12, d: 3 },
    { k: 2, d: 1 },
  ]) {
    const model = exampleModel({ k, d });
    const { scaler, centroids } = model;
    const rows = Array.from({ length: 5000 }, () => {
      const [a, b] = [centroids[random.below(k)]!, centroids[random.below(k)]!];
      return a.map((x, j) => ((x + b[j]!) / 2) * scaler.sd[j]! + scaler.mean[j]!); // half-way between two segments
    });
    const columns = columnsFromRows(
      model.contract.features.map(({ name }) => name),
      rows,
    );
    const { labels, distances } = await assign(columns, centroids, pool, { scaler, distances: true });
    const compiled = compile(model);
    const predictions = rows.map((row) => predictOne(compiled, row));
    expect(predictions.map(({ cluster_id }) => cluster_id)).toEqual([...labels]);
    expect(predictions.map(({ distance }) => distance)).toEqual([...distances!]);
  }
});
