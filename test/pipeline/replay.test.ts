import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replayRun } from '#segue/pipeline/replay.js';
import type { RunRecord } from '#segue/pipeline/run-record.js';
import { startRun } from '#segue/pipeline/start.js';
import { tempFolder } from '../core/temp.js';
import { type PipelineFixture, pipelineFixture } from './fixture.js';

describe('a replay', () => {
  let root: string;
  let fixture: PipelineFixture;
  const runs: RunRecord[] = [];

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'segue-replay-'));
    fixture = await pipelineFixture(2000, root);
    const { context, options } = fixture;
    runs.push(await startRun(context, { options }));
    runs.push(await startRun(context, { options: { ...options, seed: 7 } })); // warm, from the first one
    runs.push(await startRun(context, { options: { ...options, seed: 7 } })); // looked up
    runs.push(
      await startRun(context, { options: { ...options, gate: { ...options.gate, minSilhouette: 0.9 } } }),
    );
  });

  afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

  it.each([0, 1, 2, 3])('of run %i gives the same bytes, at another number of threads', async (n) => {
    const { home, context } = fixture;
    const { run, version } = runs[n]!;
    const ledger = await readFile(home.ledger, 'utf8');
    const other = { ...context, resources: { ...context.resources, threads: 2 } };
    const replay = await replayRun(other, run, join(await tempFolder(), 'home'));
    expect(replay).toMatchObject({
      run,
      version,
      production: n === 0 ? null : runs[Math.min(n, 2) - 1]!.version,
    });
    expect(replay.files.length).toBeGreaterThan(8);
    expect(replay.files.filter(({ outcome }) => outcome !== 'same')).toEqual([]);
    expect(await readFile(home.ledger, 'utf8')).toBe(ledger);
  });

  it('says which file differs, and which is gone', async () => {
    const { home, context } = fixture;
    const { run } = runs[1]!;
    const { xTrain, xTest } = home.dataset(run);
    await writeFile(xTrain, 'changed');
    await rm(xTest);
    const { files } = await replayRun(context, run, join(await tempFolder(), 'home'));
    expect(files.filter(({ outcome }) => outcome !== 'same')).toEqual([
      { file: 'dataset/X_test.parquet', outcome: 'gone' },
      { file: 'dataset/X_train.parquet', outcome: 'different' },
    ]);
  });

  it('refuses a source that has changed', async () => {
    const { context, options } = fixture;
    await writeFile(options.source, 'another catalogue');
    const replay = replayRun(context, runs[0]!.run, join(await tempFolder(), 'home'));
    await expect(replay).rejects.toMatchObject({ code: 'SEGUE_RUN_CONFLICT' });
  });
});
