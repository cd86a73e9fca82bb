import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeSyntheticCatalogue } from '#segue/catalogue/synthetic/write.js';
import { dirtyCatalogues } from '../catalogue/dirty-records.js';
import { type Ingested, type Row, workbench } from '../catalogue/workbench.js';
import { clusterForTests, ingestThere } from './cluster.js';

/** Blocks of some hundred lines, so that records lie across their borders. */
const BLOCK_BYTES = 20_000;

const bench = await workbench();
const cluster = clusterForTests({ blockBytes: BLOCK_BYTES });

async function contentOf({ report, files }: Ingested): Promise<unknown> {
  const rows: Record<string, Row[]> = {};
  for (const part of ['xTrain', 'xTest', 'yTrain', 'yTest', 'rejects'] as const)
    rows[part] = await bench.rows(files[part]);
  return { report, ...rows };
}

it('reads what no writer should have written as T1 does on this machine, across the borders of blocks', async () => {
  await fc.assert(
    fc.asyncProperty(dirtyCatalogues(1500), async (text) => {
      const source = await bench.write('dirty.csv', text);
      const here = await contentOf(await bench.ingest(source));
      expect(await contentOf(await ingestThere(bench, cluster(), source))).toEqual(here);
    }),
    { numRuns: 2, seed: 8, endOnFailure: true },
  );
});

it('reads a gigantic quote that never ends as one line', async () => {
  const tidy = await bench.write('tidy.csv', '');
  await writeSyntheticCatalogue(tidy, { tracks: 1500, seed: 3 });
  const lines = (await readFile(tidy, 'utf8')).split('\n');
  lines[100] = `"${lines[100]}`;
  lines[1000] = `"${'x'.repeat(1 << 20)}`;
  const source = await bench.write('quote.csv', lines.join('\n'));
  const here = await contentOf(await bench.ingest(source));
  expect(await contentOf(await ingestThere(bench, cluster(), source))).toEqual(here);
});

it('brings a sample of the tracks where they are too many, the same tracks of X and y', async () => {
  const source = join(bench.root, 'many.csv');
  await writeSyntheticCatalogue(source, { tracks: 2000, seed: 3 });
  const here = await bench.ingest(source);
  const there = await ingestThere(bench, cluster(), source, { localRows: 400 });
  expect(there.report).toEqual(here.report);
  const dataset = JSON.parse(await readFile(there.files.cluster, 'utf8')) as {
    readonly rows: { readonly train: number; readonly test: number };
    readonly here: { readonly train: number; readonly test: number };
    readonly whole: boolean;
    readonly work: string;
  };
  const { train, test } = here.report.rows;
  expect(dataset).toMatchObject({ rows: { train, test }, whole: false });
  const sample = await bench.rows(there.files.xTrain);
  expect(sample).toHaveLength(dataset.here.train);
  expect(dataset.here.train + dataset.here.test).toBeGreaterThan(340);
  expect(dataset.here.train + dataset.here.test).toBeLessThan(460);
  const all = new Map((await bench.rows(here.files.xTrain)).map((row) => [row['track_id'] as string, row]));
  expect(sample.map((row) => all.get(row['track_id'] as string))).toEqual(sample);
  const ids = (rows: readonly Row[]): unknown[] => rows.map((row) => row['track_id']);
  expect(ids(await bench.rows(there.files.yTrain))).toEqual(ids(sample));
  const kept = await cluster().rows(
    `SELECT count(*) AS rows FROM ${await cluster().parquet([`${dataset.work}/X_train`])}`,
  );
  expect(Number(kept[0]!['rows'])).toBe(train);
});
