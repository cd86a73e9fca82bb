import { expect, it } from 'vitest';
import { columnsFromRows } from '#segue/core/columns.js';
import { silent } from '#segue/core/progress.js';
import { seededRandom } from '#segue/core/random.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { gatherEvidence } from '#segue/training/evidence/evidence.js';
import { permuted } from '#segue/training/evidence/sample.js';
import { streamOf } from '#segue/training/rows.js';
import { trainModel } from '#segue/training/train.js';
import type { TrainedModel } from '#segue/training/trained-model.js';

const names = SPOTIFY_FEATURES.features.map(({ name }) => name);

/** Three groups whose features go together: each column alone says little. */
const random = seededRandom(4);
const groups = columnsFromRows(
  names,
  Array.from({ length: 1500 }, (_, i) =>
    names.map((_name, j) => (((i % 3) + j) % 3) + 0.4 * random.normal()),
  ),
);

async function train(columns: typeof groups): Promise<TrainedModel> {
  const nothing = streamOf(columnsFromRows(names, []));
  const options = { k: 3, seed: 42, starts: 10, minSegmentShare: 0.02, threads: 1 } as const;
  return trainModel(
    { train: streamOf(columns), test: nothing, contract: SPOTIFY_FEATURES, ...options },
    silent,
  );
}

it('groups are far above chance, found again in halves and resamples; the same for any number of threads', async () => {
  const model = await train(groups);
  const asked = { sample: groups, model, production: model, seed: 7 };
  const one = await gatherEvidence({ ...asked, threads: 1 });
  const { evidence } = one;
  expect(evidence!.explained - evidence!.chance.mean).toBeGreaterThan(0.2);
  expect(evidence!.halves.mean).toBeGreaterThan(0.99);
  expect(Math.min(...evidence!.recovery)).toBeGreaterThan(0.98);
  expect(evidence!.production).toBeCloseTo(evidence!.explained, 12);
  expect(await gatherEvidence({ ...asked, threads: 2 })).toEqual(one);
});

it('shuffled groups are not', async () => {
  const shuffled = permuted(groups, seededRandom(1));
  const { evidence } = await gatherEvidence({
    sample: shuffled,
    model: await train(shuffled),
    production: undefined,
    seed: 7,
    threads: 1,
  });
  expect(Math.abs(evidence!.explained - evidence!.chance.mean)).toBeLessThan(4 * evidence!.chance.sd);
});

it('few rows tell nothing', async () => {
  const model = await train(groups);
  const few = { ...groups, rows: 50, data: groups.data.map((column) => column.subarray(0, 50)) };
  const { evidence, labels } = await gatherEvidence({
    sample: few,
    model,
    production: undefined,
    seed: 1,
    threads: 1,
  });
  expect(evidence).toBeNull();
  expect(labels).toHaveLength(50);
});
