/**
 * Takes catalogues of growing size through the whole product on this machine: generate, clean and split, train (k = 8, three starts),
 * promote, assign every track. Shows seconds per million tracks and the memory of each step.
 *
 *     npm run bench:scale                                      1 million and 10 million tracks
 *     npm run bench:scale -- --tracks 1000000,10000000,100000000     writes results/scale.md; needs about 60 GB of disk and half an hour
 */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RunRecord } from '../src/pipeline/run-record.js';
import { describeMachine } from './report.js';
import { type Measured, measureSegue } from './scale/measure.js';
import { renderScale, rowsOf, type SizeResult } from './scale/table.js';

const RESULT = new URL('./results/scale.md', import.meta.url);
const LARGE = 100_000_000;

const { values } = parseArgs({
  options: {
    tracks: { type: 'string', default: '1000000,10000000' },
    folder: { type: 'string', default: tmpdir() },
    starts: { type: 'string', default: '3' },
    'memory-limit': { type: 'string', default: '8GB' },
  },
});

const sizes = values.tracks.split(',').map(Number);
const work = await mkdtemp(join(values.folder, 'segue-scale-'));
try {
  const results: SizeResult[] = [];
  for (const tracks of sizes) {
    results.push(await runSize(tracks));
    process.stdout.write(`${rowsOf(results.at(-1)!).join('\n')}\n`);
  }
  const report = renderScale(results, describeMachine(), {
    starts: values.starts,
    memoryLimit: values['memory-limit'],
  });
  process.stdout.write(report);
  if (sizes.includes(LARGE)) await writeFile(RESULT, report);
} finally {
  await rm(work, { recursive: true, force: true });
}

async function runSize(tracks: number): Promise<SizeResult> {
  const catalogue = join(work, 'catalogue.csv');
  const home = join(work, 'home');
  const assigned = join(work, 'assigned.parquet');
  try {
    const generate = await segue('generate', '--tracks', String(tracks), '--seed', '7', '--out', catalogue);
    const { size: bytes } = await stat(catalogue);
    const common = ['--home', home, '--memory-limit', values['memory-limit'], '--json'];
    const limits = ['--min-silhouette', '0', '--min-segment-share', '0']; // what is measured here is size, not quality
    const run = await segue(
      'run',
      '--source',
      catalogue,
      '--k',
      '8',
      '--starts',
      values.starts,
      ...limits,
      ...common,
    );
    const { tasks } = JSON.parse(run.stdout) as RunRecord;
    const assign = await segue('assign', catalogue, '--out', assigned, ...common);
    return {
      tracks,
      bytes,
      generate,
      clean: seconds(tasks, 'T1_Ingesta_y_Limpieza'),
      train: seconds(tasks, 'T2_Entrenamiento_Modelo'),
      run,
      assign,
    };
  } finally {
    await Promise.all([catalogue, home, assigned].map((path) => rm(path, { recursive: true, force: true })));
  }
}

function seconds(tasks: RunRecord['tasks'], task: keyof RunRecord['tasks']): number {
  return tasks[task].seconds ?? Number.NaN;
}

async function segue(...argv: string[]): Promise<Measured> {
  const measured = await measureSegue(argv);
  if (measured.code !== 0)
    throw new Error(`segue ${argv[0]} ended with ${measured.code}:\n${measured.stderr}`);
  return measured;
}
