import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeSyntheticCatalogue } from '#segue/catalogue/synthetic/write.js';
import { sha256 } from '#segue/core/hash.js';
import type { Progress } from '#segue/core/progress.js';
import { collect } from './read-csv.js';

const options = { tracks: 3000, seed: 31 };

describe('a synthetic catalogue on disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segue-synthetic-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('is the CSV of the options, with a report that fits it', async () => {
    const path = join(folder, 'deep', 'catalogue.csv');
    const report = await writeSyntheticCatalogue(path, options);
    const content = await readFile(path);
    const { csv, counts } = collect(options);
    expect(content.equals(csv)).toBe(true);
    expect(report).toEqual({
      ...counts,
      bytes: content.length,
      sha256: sha256(content),
      csv_sha256: sha256(content),
    });
  });

  it('is compressed if its name says so', async () => {
    const path = join(folder, 'catalogue.csv.gz');
    const report = await writeSyntheticCatalogue(path, options);
    const content = await readFile(path);
    const { csv } = collect(options);
    expect(gunzipSync(content).equals(csv)).toBe(true);
    expect(report).toMatchObject({
      bytes: content.length,
      sha256: sha256(content),
      csv_sha256: sha256(csv),
    });
  });

  it('replaces an older file and leaves nothing beside it', async () => {
    const path = join(folder, 'catalogue.csv');
    await writeFile(path, 'older');
    await writeSyntheticCatalogue(path, options);
    expect((await readFile(path)).subarray(0, 12).toString()).toBe(',artist_name');
    expect(await readdir(folder)).toEqual(['catalogue.csv']);
  });

  it('leaves nothing behind when it fails', async () => {
    const path = join(folder, 'taken.csv');
    await mkdir(path); // a file can't be renamed over a folder
    await expect(writeSyntheticCatalogue(path, options)).rejects.toMatchObject({ syscall: 'rename' });
    expect(await readdir(folder)).toEqual(['taken.csv']);
  });

  it('tells how far it is', async () => {
    const told: [number, number | undefined, string][] = [];
    const progress: Progress = { step() {}, advance: (...how) => told.push(how) };
    await writeSyntheticCatalogue(join(folder, 'catalogue.csv'), options, progress);
    expect(told).toEqual([
      [1024, 3000, 'tracks'],
      [2048, 3000, 'tracks'],
      [3000, 3000, 'tracks'],
    ]);
  });

  it.each(['catalogue.parquet', 'catalogue', 'catalogue.gz'])('refuses the name %s', async (name) => {
    await expect(writeSyntheticCatalogue(join(folder, name), options)).rejects.toMatchObject({
      code: 'SEGUE_USAGE',
    });
    expect(await readdir(folder)).toEqual([]);
  });
});
