import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RuleOptions } from '#segue/catalogue/rules.js';
import { SegueError } from '#segue/core/errors.js';
import type { Ingested, Workbench } from './workbench.js';

/**
 * Every folder of golden/ is a case: a source (`input…`, or what options.json says), the rules in options.json, and what must come of it in
 * expected.json. To add one, drop in a folder and run once with SEGUE_WRITE_GOLDEN=1; look at what it wrote.
 */
const GOLDEN = fileURLToPath(new URL('golden', import.meta.url));
const WRITE = process.env['SEGUE_WRITE_GOLDEN'] === '1' && process.env['CI'] === undefined;

interface CaseOptions {
  readonly source?: string;
  readonly rules?: RuleOptions;
}

/** Ingests a source by an engine. */
export type Ingest = (source: string, rules: RuleOptions) => Promise<Ingested>;

/** What an engine can't do alike, for a reason: changes what is expected of a case. */
export type Allowance = (expected: Outcome, name: string) => Outcome;

export type Outcome = Record<string, unknown>;

/** @param ingest by the engine that is tested */
export function describeGolden(
  engine: string,
  bench: Workbench,
  ingest: Ingest,
  allow: Allowance = (expected) => expected,
): void {
  describe.each(readdirSync(GOLDEN))(`${engine}: %s`, (name) => {
    it('comes out as expected', async () => {
      const folder = join(GOLDEN, name);
      const found = await outcomeOf(bench, folder, ingest);
      const path = join(folder, 'expected.json');
      if (WRITE && !existsSync(path)) writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
      const expected = JSON.parse(readFileSync(path, 'utf8')) as Outcome;
      expect(allow(JSON.parse(JSON.stringify(found)) as Outcome, name)).toEqual(allow(expected, name));
      expect(await readdir(bench.scratch)).toEqual([]);
    });
  });
}

async function outcomeOf(bench: Workbench, folder: string, ingest: Ingest): Promise<unknown> {
  const options = optionsOf(folder);
  const source = join(
    folder,
    options.source ?? readdirSync(folder).find((file) => file.startsWith('input'))!,
  );
  try {
    const { report, files } = await ingest(source, options.rules ?? {});
    const { rejected, kept, read } = report.rows;
    expect(Object.values(rejected).reduce((sum, rows) => sum + rows, kept)).toBe(read);
    return {
      sources: report.sources.map((file) => ({ ...file, bytes: undefined, sha256: undefined })),
      ignored_files: report.ignored_files,
      rows: report.rows,
      unreadable_cells: report.unreadable_cells,
      rejects: await bench.rows(files.rejects),
      train: await tracks(bench, files.xTrain, files.yTrain),
      test: await tracks(bench, files.xTest, files.yTest),
    };
  } catch (error) {
    if (!(error instanceof SegueError)) throw error;
    return {
      error: error.code,
      exit_code: error.exitCode,
      message: error.message.replaceAll(folder, '<case>'),
    };
  }
}

async function tracks(bench: Workbench, x: string, y: string): Promise<unknown[]> {
  const popularity = await bench.rows(y);
  return (await bench.rows(x)).map((row, i) => {
    expect(popularity[i]!['track_id']).toBe(row['track_id']);
    return { ...row, popularity: popularity[i]!['popularity'] };
  });
}

function optionsOf(folder: string): CaseOptions {
  const path = join(folder, 'options.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as CaseOptions) : {};
}
