import { copyFile, readFile, rename } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { IngestReport } from '#segue/catalogue/ingest.js';
import { writeSyntheticCatalogue } from '#segue/catalogue/synthetic/write.js';
import { sha256OfJson } from '#segue/core/hash.js';
import { isPath, schemeOf } from '#segue/core/scheme.js';
import { segueVersion } from '#segue/core/version.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { DEFAULT_OPTIONS, type RunOptions } from '#segue/pipeline/options.js';
import { loadRecord, nameOnCluster, newRecord } from '#segue/pipeline/run-record.js';
import { absoluteSource } from '#segue/pipeline/source.js';
import { startRun, startTask } from '#segue/pipeline/start.js';
import { inputsOf } from '#segue/pipeline/tasks/ingested-already.js';
import { inProduction } from '#segue/pipeline/tasks/production.js';
import { isTrainedAlready } from '#segue/pipeline/tasks/trained-already.js';
import { pipelineFixture } from './fixture.js';

const CONTRACT = SPOTIFY_FEATURES;
const options: RunOptions = { ...DEFAULT_OPTIONS, source: '/data/tracks.csv' };

function record(id: string, asked: RunOptions, ms = 0) {
  return newRecord(id, asked, 'abc', new Date(Date.UTC(2026, 10, 29) + ms));
}

describe('what a dataset was made from', () => {
  it('is named as by earlier releases where no cluster made it', () => {
    const { rules, seed, test_share } = options;
    const known = {
      files: 'abc',
      rules,
      seed,
      test_share,
      contract: CONTRACT,
      segue_version: segueVersion(),
    };
    expect(inputsOf(record('a', options), CONTRACT)).toBe(sha256OfJson(known));
  });

  it('tells engines, and samples of other sizes, apart', () => {
    const asked = [
      options,
      { ...options, engine: 'spark', local_rows: 5000 },
      { ...options, engine: 'spark', local_rows: 6000 },
    ] as const;
    expect(new Set(asked.map((one) => inputsOf(record('a', one), CONTRACT))).size).toBe(3);
  });
});

it('a run’s folder on a cluster has a name that any storage takes, and no other run has', () => {
  const names = [
    nameOnCluster(record('scheduled__2026-11-22T00:00:00+00:00', options)),
    nameOnCluster(record('scheduled__2026-11-22T00-00-00-00-00', options)),
    nameOnCluster(record('scheduled__2026-11-22T00:00:00+00:00', options, 1)),
  ];
  expect(new Set(names).size).toBe(3);
  for (const name of names) expect(name).toMatch(/^scheduled__2026-11-22T00-00-00-00-00-[\da-f]{8}$/);
});

it.each([
  ['/data/tracks.csv', undefined, '/data/tracks.csv'],
  ['tracks.csv', undefined, `${process.cwd()}/tracks.csv`],
  ['a:b/tracks.csv', undefined, `${process.cwd()}/a:b/tracks.csv`],
  ['C:/tracks.csv', undefined, `${process.cwd()}/C:/tracks.csv`],
  ['file:///data/tracks.csv', 'file', 'file:///data/tracks.csv'],
  ['S3A://music/tracks/*.parquet', 's3a', 'S3A://music/tracks/*.parquet'],
  ['dbfs:/music', 'dbfs', 'dbfs:/music'],
])('%s has the scheme %s and is read from anywhere as %s', (source, scheme, absolute) => {
  expect(schemeOf(source)).toBe(scheme);
  expect(isPath(source)).toBe(scheme === undefined || scheme === 'file');
  expect(absoluteSource(source)).toBe(absolute);
});

it('a model is trained already whoever cleans the rows, unless the cluster is to train', async () => {
  const { home, options: asked, context } = await pipelineFixture(1500);
  const { run } = await startRun(context, { options: asked });
  const report = JSON.parse(await readFile(home.dataset(run).report, 'utf8')) as IngestReport;
  const production = await inProduction(home);
  const known = (more: Partial<RunOptions>): Promise<boolean> =>
    isTrainedAlready(home, production, CONTRACT, report, { ...asked, ...more });
  expect(await known({})).toBe(true);
  expect(await known({ engine: 'spark', local_rows: 2000 })).toBe(true);
  expect(await known({ engine: 'spark', local_rows: 1000 })).toBe(false);
  expect(await known({ seed: 8 })).toBe(false);
});

it('a run whose source could not be looked at when it was begun looks at it with its first task', async () => {
  const { home, options: asked, context } = await pipelineFixture(1500);
  const { source } = asked;
  await rename(source, `${source}.away`);
  for (const id of ['first', 'second'])
    await expect(startTask(context, id, 'T1_Ingesta_y_Limpieza', asked)).rejects.toMatchObject({
      code: 'SEGUE_SOURCE_NOT_FOUND',
    });
  await copyFile(`${source}.away`, source);
  await startTask(context, 'first', 'T1_Ingesta_y_Limpieza', undefined);
  await writeSyntheticCatalogue(source, { tracks: 1600, seed: 6 });
  await startTask(context, 'second', 'T1_Ingesta_y_Limpieza', undefined);
  const summaries = await Promise.all(
    ['first', 'second'].map(
      async (id) => (await loadRecord(home, id)).tasks.T1_Ingesta_y_Limpieza.summary ?? '',
    ),
  );
  expect(summaries[1]).not.toContain('as in run');
  expect(new Set(summaries).size).toBe(2);
});
