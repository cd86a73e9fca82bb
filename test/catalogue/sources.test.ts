import { copyFile, mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filesMatching } from '#segue/catalogue/glob.js';
import { findSources, fingerprintOf } from '#segue/catalogue/sources.js';
import { csvText, workbench } from './workbench.js';

const PARQUET = fileURLToPath(new URL('golden/parquet/input.parquet', import.meta.url));

const bench = await workbench();
const text = csvText([{ track_id: 'a' }, { track_id: 'b', tempo: 0 }]);

describe('a path', () => {
  it.each([
    "it's",
    'a b',
    '[1]',
    '*',
    '?',
    '{a,b}',
    'ä🎵',
    '"quoted"',
    "'); DROP TABLE x; --",
    '%41',
    '~home',
    '-rf',
    'a[1]*?',
  ])('may hold any character: %s', async (name) => {
    const folder = join(bench.root, `in ${name}`);
    await mkdir(folder);
    await writeFile(join(folder, `${name}.csv`), text);
    const { report, files } = await bench.ingest(join(folder, `${name}.csv`), {
      scratch: join(folder, 'scratch'),
    });
    expect(report.rows).toMatchObject({ read: 2, kept: 1 });
    expect(await bench.rows(files.rejects)).toMatchObject([{ source: `${name}.csv`, line: 3 }]);
    const parquet = join(folder, `${name}.parquet`);
    await copyFile(PARQUET, parquet);
    expect((await bench.ingest(parquet)).report.rows).toMatchObject({ read: 5, kept: 2 });
  });

  it('that exists is taken before it is read as a glob', async () => {
    const folder = join(bench.root, 'literal');
    await mkdir(folder);
    await writeFile(join(folder, 'part-*.csv'), text);
    await writeFile(join(folder, 'part-1.csv'), text);
    const { files } = await findSources(join(folder, 'part-*.csv'));
    expect(files.map(({ name }) => name)).toEqual(['part-*.csv']);
  });

  it('may be relative, and a link', async () => {
    await writeFile(join(bench.root, 'target.csv'), text);
    await symlink('target.csv', join(bench.root, 'link.csv'));
    const { report } = await bench.ingest(join(bench.root, '.', 'link.csv'));
    expect(report.sources).toMatchObject([{ name: 'link.csv', rows_read: 2 }]);
  });
});

describe('a glob', () => {
  it('finds what a shell would find', async () => {
    const folder = join(bench.root, 'tree');
    const names = [
      'a1.csv',
      'a2.csv',
      'b1.csv',
      'c.csv.gz',
      '.hidden.csv',
      'x/d1.csv',
      'x/y/e1.csv',
      'x/y/note.md',
    ];
    await mkdir(join(folder, 'x', 'y'), { recursive: true });
    await Promise.all(names.map((name) => writeFile(join(folder, name), text)));
    const find = async (pattern: string): Promise<string[]> =>
      (await filesMatching(join(folder, pattern))).map((path) => path.slice(folder.length + 1)).toSorted();
    expect(await find('*.csv')).toEqual(['a1.csv', 'a2.csv', 'b1.csv']);
    expect(await find('?1.csv')).toEqual(['a1.csv', 'b1.csv']);
    expect(await find('[!a]*.csv')).toEqual(['b1.csv']);
    expect(await find('{b1,c}.{csv,csv.gz}')).toEqual(['b1.csv', 'c.csv.gz']);
    expect(await find('**/*.csv')).toEqual(['a1.csv', 'a2.csv', 'b1.csv', 'x/d1.csv', 'x/y/e1.csv']);
    expect(await find('x/**/*1.csv')).toEqual(['x/d1.csv', 'x/y/e1.csv']);
    expect(await find('*/y/*')).toEqual(['x/y/e1.csv', 'x/y/note.md']);
    expect(await find('nowhere/*.csv')).toEqual([]);
  });

  it('leaves out what is no catalogue, and says so', async () => {
    const { files, ignored } = await findSources(join(bench.root, 'tree', 'x', 'y', '*'));
    expect(files.map(({ name }) => name)).toEqual(['e1.csv']);
    expect(ignored).toEqual(['note.md']);
  });
});

describe('a fingerprint', () => {
  it('is another once a file is touched, added or grown', async () => {
    const folder = join(bench.root, 'prints');
    await mkdir(folder);
    const path = join(folder, 'a.csv');
    await writeFile(path, text);
    await utimes(path, 1, 1);
    const prints = [await fingerprintOf(folder)];
    expect(await fingerprintOf(folder)).toBe(prints[0]);
    await utimes(path, 1, 2);
    prints.push(await fingerprintOf(folder));
    await writeFile(path, `${text}\n`);
    await utimes(path, 1, 2);
    prints.push(await fingerprintOf(folder));
    await writeFile(join(folder, 'b.csv'), text);
    prints.push(await fingerprintOf(folder));
    expect(new Set(prints).size).toBe(4);
  });
});

describe('scratch files', () => {
  it('are gone after a failure and after a stop', async () => {
    const source = await bench.write('bad.csv', text.replaceAll('120', '0'));
    await expect(bench.ingest(source)).rejects.toMatchObject({ code: 'SEGUE_NO_ROWS_KEPT' });
    expect(await readdir(bench.scratch)).toEqual([]);

    const tracks = Array.from({ length: 100_000 }, (_, i) => ({ track_id: `t${i}` }));
    const large = await bench.write('stopped.csv', csvText(tracks));
    const stop = new AbortController();
    const work = bench.ingest(large, { signal: stop.signal });
    setImmediate(() => stop.abort(new Error('stopped by the test')));
    await expect(work).rejects.toThrow('stopped by the test');
    expect(await readdir(bench.scratch)).toEqual([]);
  });
});

describe('too little memory', () => {
  it('is said, with the way out', async () => {
    const tracks = Array.from({ length: 100_000 }, (_, i) => ({ track_id: `track number ${i}` }));
    const source = await bench.write('tight.csv', csvText(tracks));
    await expect(bench.ingest(source, { memoryLimit: '20MB' })).rejects.toMatchObject({
      code: 'SEGUE_OUT_OF_MEMORY',
    });
    await expect(bench.ingest(source, { memoryLimit: 'much' })).rejects.toMatchObject({
      code: 'SEGUE_USAGE',
    });
    expect(await readdir(bench.scratch)).toEqual([]);
  });
});
