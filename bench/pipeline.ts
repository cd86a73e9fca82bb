/**
 * Times the whole run on a synthetic catalogue of Kaggle's size, stage by stage, in a process of its own.
 *
 *     npm run bench:pipeline                          1,160,000 tracks, k = 8, 3 runs
 *     npm run bench:pipeline -- --tracks 100000 --runs 5 --k 8
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { RunRecord } from '../src/pipeline/run-record.js';
import { describeMachine, median } from './report.js';

const exec = promisify(execFile);
const PROGRAM = new URL('../bin/segue.js', import.meta.url).pathname;
const RESULT = new URL('./results/pipeline.md', import.meta.url).pathname;

const { values } = parseArgs({
  options: {
    tracks: { type: 'string', default: '1160000' },
    runs: { type: 'string', default: '3' },
    k: { type: 'string', default: '8' },
    seed: { type: 'string', default: '7' },
  },
});

const work = await mkdtemp(join(tmpdir(), 'segue-bench-'));
try {
  const tracks = Number(values.tracks);
  const catalogue = join(work, 'catalogue.csv');
  const began = performance.now();
  await segue('generate', '--tracks', values.tracks, '--seed', values.seed, '--out', catalogue);
  const generateSeconds = (performance.now() - began) / 1000;
  const { size } = await stat(catalogue);

  const records: RunRecord['tasks'][] = [];
  for (let i = 0; i < Number(values.runs); i += 1) {
    const home = join(work, `home-${i}`);
    const { stdout } = await segue('run', '--source', catalogue, '--k', values.k, '--home', home, '--json');
    records.push((JSON.parse(stdout) as { tasks: RunRecord['tasks'] }).tasks);
    await rm(home, { recursive: true });
  }
  const report = render(tracks, size, generateSeconds, records);
  await writeFile(RESULT, report);
  process.stdout.write(report);
} finally {
  await rm(work, { recursive: true, force: true });
}

function render(
  tracks: number,
  bytes: number,
  generateSeconds: number,
  runs: readonly RunRecord['tasks'][],
): string {
  const stages = [
    'T1_Ingesta_y_Limpieza',
    'T2_Entrenamiento_Modelo',
    'T3_Evaluacion_Calidad',
    'T4_Registro_Despliegue',
  ] as const;
  const seconds = stages.map((stage) => median(runs.map((tasks) => tasks[stage].seconds ?? Number.NaN)));
  const total = median(
    runs.map((tasks) => stages.reduce((sum, stage) => sum + (tasks[stage].seconds ?? Number.NaN), 0)),
  );
  const peak = Math.max(...runs.map((tasks) => tasks.T4_Registro_Despliegue.peak_memory_mib ?? Number.NaN));
  const row = (name: string, time: number): string => {
    const rate = time < 0.1 ? 'independent of rows' : Math.round(tracks / time).toLocaleString('en');
    return `| ${name} | ${time.toFixed(2)} | ${rate} |`;
  };
  return [
    '# `npm run bench:pipeline`',
    '',
    `${tracks.toLocaleString('en')} synthetic tracks (${(bytes / 1e6).toFixed(0)} MB of CSV), k = ${values.k}, 10 starts, median of ${runs.length} runs, each in a new process and a new home.`,
    '',
    describeMachine(),
    '',
    '| stage | seconds | rows/s |',
    '| --- | ---: | ---: |',
    row('`generate`', generateSeconds),
    ...stages.map((stage, i) => row(`\`${stage}\``, seconds[i]!)),
    row('T1 to T4', total),
    '',
    `Peak resident memory of a run: ${peak.toLocaleString('en')} MiB.`,
    '',
  ].join('\n');
}

async function segue(...argv: string[]): Promise<{ stdout: string }> {
  return exec(process.execPath, [PROGRAM, ...argv], { maxBuffer: 1 << 26 });
}
