import { describe, expect, it } from 'vitest';
import { allocateColumns, type Columns } from '#segue/core/columns.js';
import { silent } from '#segue/core/progress.js';
import { seededRandom } from '#segue/core/random.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { decide } from '#segue/gate/decision.js';
import { DEFAULT_POLICY } from '#segue/gate/policy.js';
import { gatherEvidence } from '#segue/training/evidence/evidence.js';
import { permuted } from '#segue/training/evidence/sample.js';
import { euclideanSilhouette } from '#segue/training/metrics.js';
import { streamOf } from '#segue/training/rows.js';
import { trainModel } from '#segue/training/train.js';
import { CATALOGUES, FULL, head, readCatalogue } from './catalogues.js';

const SEEDS = FULL ? 100 : 10;

/** One refused in a hundred is borne. */
const BORNE = 0.01 * SEEDS;

/** What the gate says of a first model of these tracks. */
async function verdictOn(tracks: Columns, k: number | 'auto', seed: number) {
  const train = head(tracks, Math.floor(tracks.rows * 0.8));
  const model = await trainModel(
    {
      train: streamOf(train),
      test: streamOf(allocateColumns(tracks.names, 0)),
      contract: SPOTIFY_FEATURES,
      k,
      seed,
      starts: 10,
      minSegmentShare: DEFAULT_POLICY.minSegmentShare,
      exactRows: 10_000,
      threads: 1,
    },
    silent,
  );
  const { evidence } = await gatherEvidence({
    sample: train,
    model,
    production: undefined,
    seed,
    threads: 1,
  });
  const smallest = model.segments.toSorted((a, b) => a.rows - b.rows)[0]!;
  return decide(
    {
      version: 'm-new',
      k: model.centroids.length,
      silhouette: euclideanSilhouette(model.metrics.train),
      smallestSegment: smallest,
      evidence,
      golden: { rows: 1, equal: 1 },
      churn: null,
      production: null,
    },
    DEFAULT_POLICY,
  );
}

async function refused(
  name: (typeof CATALOGUES)[number],
  k: number | 'auto',
  change: (tracks: Columns, seed: number) => Columns,
): Promise<string[]> {
  const reasons: string[] = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { verdict, rules } = await verdictOn(change(await readCatalogue(name, seed), seed), k, seed);
    if (verdict === 'refused') {
      const failed = rules.filter((rule) => rule.verdict === 'fail').map(({ rule }) => rule);
      reasons.push(`seed ${seed}: ${failed.join()}`);
    }
  }
  return reasons;
}

const [sample, sixties] = CATALOGUES;

describe.each<number | 'auto'>([4, 5, 'auto'])('k=%s', (k) => {
  it('real tracks are accepted', async () => {
    const reasons = await refused(sample, k, (tracks) => tracks);
    process.stdout.write(`${JSON.stringify({ real: sample, k, seeds: SEEDS, refused: reasons })}\n`);
    expect(reasons.length).toBeLessThanOrEqual(BORNE);
  });

  it.each([sample, sixties])('tracks whose columns were shuffled are refused: %s', async (name) => {
    const reasons = await refused(name, k, (tracks, seed) => permuted(tracks, seededRandom(seed, 7)));
    process.stdout.write(`${JSON.stringify({ shuffled: name, k, seeds: SEEDS, refused: reasons.length })}\n`);
    expect(SEEDS - reasons.length).toBeLessThanOrEqual(BORNE);
  });
});
