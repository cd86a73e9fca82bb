import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Model } from '#segue/models/format.js';
import { startRun } from '#segue/pipeline/start.js';
import { readCsv } from '../catalogue/synthetic/read-csv.js';
import { tempFolder } from '../core/temp.js';
import { pipelineFixture } from './fixture.js';

type Row = Record<string, string>;

/** Trains on the fixture's catalogue after `change` was made to each of its rows; the model's files as they are on disk. */
async function trainOn(change: (row: Row, number: number) => Row, newIds = false) {
  const { home, options, context } = await pipelineFixture(2000);
  const [header, ...records] = readCsv(await readFile(options.source, 'utf8'));
  const rows = records
    .filter((record) => record.length === header!.length)
    .map((record, number) =>
      change(Object.fromEntries(header!.map((name, i) => [name, record[i]!])), number),
    );
  const ids = newIds ? otherIds(rows.map((row) => row['track_id']!).filter((id) => id !== '')) : undefined;
  for (const row of rows) row['track_id'] = ids?.get(row['track_id']!) ?? row['track_id']!;
  const source = join(await tempFolder(), 'changed.csv');
  const lines = rows.map((row) => header!.map((name) => `"${row[name]!.replaceAll('"', '""')}"`).join(','));
  await writeFile(source, `${header!.join(',')}\n${lines.join('\n')}\n`);
  const { version, state } = await startRun(context, { options: { ...options, source } });
  expect(state).toBe('promoted');
  const files = home.model(version!);
  const [model, metrics, profile] = await Promise.all(
    [files.model, files.metrics, files.profile].map((path) => readFile(path, 'utf8')),
  );
  return { model: model!, metrics: metrics!, profile: profile! };
}

/** Which side of the split an id is on (src/catalogue/split.ts says how; written here without a look at it). */
function isTest(id: string): boolean {
  const head = createHash('md5').update(`42|${id}`).digest('hex').slice(0, 8);
  return Number.parseInt(head, 16) < Math.floor(0.2 * 2 ** 32);
}

/** For each id another one, in the same order and on the same sides of the split. */
function otherIds(ids: readonly string[]): ReadonlyMap<string, string> {
  const sorted = [...new Set(ids)].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return new Map(sorted.map((id, rank) => [id, otherId(id, `canary${String(rank).padStart(6, '0')}`)]));
}

function otherId(id: string, prefix: string): string {
  for (let i = 0; ; i += 1) {
    const candidate = `${prefix}x${i}`;
    if (isTest(candidate) === isTest(id)) return candidate;
  }
}

const asItIs = (row: Row): Row => row;
const renamed = (row: Row, number: number): Row => ({
  ...row,
  artist_name: `canary artist ${number}`,
  track_name: `canary track ${number}, (feat. canary guest)`,
  genre: `canary genre ${number % 7}`,
});

/** All metrics but the hashes of the files, which are other files. */
function measured(text: string): string {
  const { origin, ...figures } = JSON.parse(text) as Record<string, unknown>;
  expect(origin).toBeDefined();
  return JSON.stringify(figures);
}

it('names and genres never reach the trainer: with all of them changed, model and figures have the same bytes', async () => {
  const before = await trainOn(asItIs);
  const after = await trainOn(renamed);
  expect(after.model).toBe(before.model);
  expect(measured(after.metrics)).toBe(measured(before.metrics));
  expect(after.metrics).not.toContain('canary');
  expect(after.profile).toContain('canary artist'); // exemplars are catalogue tracks, by their names: that is what they are for
});

it('ids decide side and order of the rows, and nothing else: with others that do the same, what is learned is the same', async () => {
  const before = await trainOn(asItIs);
  const after = await trainOn(renamed, true);
  expect(after.profile).toContain('canary0');
  expect(`${after.model}${after.metrics}`).not.toContain('canary');
  const learned = (text: string): Partial<Model> => {
    const { scaler, centroids, segments, reference, training } = JSON.parse(text) as Model;
    const unnamed = segments.map((segment) => ({ ...segment, segment_id: '' })); // drawn by the hash of the data, ids included
    return { scaler, centroids, segments: unnamed, reference, training };
  };
  expect(learned(after.model)).toEqual(learned(before.model));
  const {
    version: _v,
    succession: _ids,
    ...figures
  } = JSON.parse(measured(before.metrics)) as Record<string, unknown>;
  expect(JSON.parse(after.metrics)).toMatchObject(figures);
});
