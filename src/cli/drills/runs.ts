import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '../../core/random.js';
import { type Drill, endedLast, type Proof, proof, stillServes, told } from './drill.js';
import type { Stage } from './stage.js';

/** Bytes that a file may have in a drill of a full disk: less than any dataset. */
const FILE_LIMIT = 50_000;

async function afterRun(
  stage: Stage,
  {
    state,
    exit,
    argv,
    words,
    fileLimit,
  }: {
    readonly state: 'failed' | 'refused';
    readonly exit: number;
    readonly argv: readonly string[];
    readonly words: string;
    readonly fileLimit?: number;
  },
): Promise<readonly Proof[]> {
  const before = await stage.production();
  const since = Math.floor(Date.now() / 1000);
  const { exitCode } = await stage.segue(['run', '--starts', '2', ...argv], fileLimit);
  return [
    proof(`The run ends with ${exit}.`, exitCode === exit, exitCode),
    proof('Production stays.', (await stage.production()) === before, await stage.production()),
    await told(stage, state, words),
    await endedLast(stage, state, since),
    await stillServes(stage, before),
  ];
}

/** A catalogue without a column that the features need. */
export const badFile: Drill = {
  name: 'bad-file',
  trouble: 'a catalogue without the column tempo',
  alert: 'SegueRetrainFailed',
  async act(stage) {
    const text = await readFile(stage.catalogue, 'utf8');
    const file = join(stage.folder, 'bad.csv');
    await writeFile(file, text.replace(/\btempo\b/, 'something_else'));
    return afterRun(stage, {
      state: 'failed',
      exit: 2,
      argv: ['--source', file],
      words: 'SEGUE_COLUMNS_MISSING',
    });
  },
};

/** A catalogue whose features have nothing to do with each other: what a broken export looks like to a trainer. */
export const badModel: Drill = {
  name: 'bad-model',
  trouble: 'a catalogue of noise, from which only a bad model can come',
  alert: 'SegueRetrainRefused',
  async act(stage) {
    const random = seededRandom(1);
    const rows = Array.from(
      { length: 2000 },
      (_, i) =>
        `track${i},artist,song,${[0, 1, 2, 3].map(() => random.next()).join(',')},${60 + 120 * random.next()},pop,50`,
    );
    const header =
      'track_id,artist_name,track_name,instrumentalness,speechiness,danceability,valence,tempo,genre,popularity';
    const file = join(stage.folder, 'noise.csv');
    await writeFile(file, [header, ...rows, ''].join('\n'));
    return afterRun(stage, {
      state: 'refused',
      exit: 3,
      argv: ['--source', file, '--k', '4'],
      words: 'refused',
    });
  },
};

/** A disk on which no file can grow beyond a few kB. */
export const fullDisk: Drill = {
  name: 'full-disk',
  trouble: 'a run that can write no more, as on a full disk',
  alert: 'SegueRetrainFailed',
  async act(stage) {
    const argv = ['--source', stage.catalogue, '--k', '4', '--seed', '7'];
    const proofs = await afterRun(stage, {
      state: 'failed',
      exit: 1,
      argv,
      words: 'SEGUE_DISK_FULL',
      fileLimit: FILE_LIMIT,
    });
    const again = await stage.segue(['run', '--starts', '2', ...argv]);
    return [
      ...proofs,
      proof('With room again, the next run comes through.', again.exitCode === 0, again.exitCode),
    ];
  },
};
