import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeSyntheticCatalogue } from '#segue/catalogue/synthetic/write.js';
import { loadVersion } from '#segue/models/files.js';
import { diffModels, MOVERS } from '#segue/pipeline/model-diff.js';
import { startRun } from '#segue/pipeline/start.js';
import type { ModelMetrics } from '#segue/training/metrics.js';
import { pipelineFixture } from './fixture.js';

it('tells what changes for tracks between two versions, as the training rows’ churn says', async () => {
  const { home, options, context } = await pipelineFixture(3000);
  const engine = { ...context.resources, scratch: home.sharedScratch };
  const first = (await startRun(context, { options })).version!;
  expect(await diffModels(home, first, first, engine)).toMatchObject({
    kept_share: 1,
    adjusted_rand: 1,
    movers: [],
  });

  const source = join(home.root, 'more.csv');
  await writeSyntheticCatalogue(source, { tracks: 3150, seed: 5 });
  const { run, version } = await startRun(context, { options: { ...options, source } });
  const diff = await diffModels(home, first, version!, engine);
  expect(diff).toMatchObject({ from: first, to: version, run });
  expect(diff.tracks).toBeGreaterThan(3100);
  expect(diff.flows.reduce((sum, { tracks }) => sum + tracks, 0)).toBe(diff.tracks);
  const { metrics } = await loadVersion(home, version!);
  const { churn } = metrics as ModelMetrics;
  expect(diff.kept_share).toBeCloseTo(churn!.kept_share, 1);

  const moved = diff.flows.filter(({ from, to }) => from !== to).reduce((sum, { tracks }) => sum + tracks, 0);
  expect(diff.movers).toHaveLength(Math.min(MOVERS, moved));
  const popularity = diff.movers.map(({ track }) => track.popularity ?? -1);
  expect(popularity).toEqual(popularity.toSorted((a, b) => b - a));
  for (const { from, to, because, track } of diff.movers) {
    expect(from).not.toBe(to);
    expect(context.contract.features.map(({ name }) => name)).toContain(because);
    expect(track.track_name).toBeTruthy();
  }
});
