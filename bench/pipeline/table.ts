import { PATH, type TaskId } from '#segue/pipeline/dag.js';
import { type Check, renderCheck } from '../check.js';
import { describeMachine, median } from '../report.js';
import type { SeedRun } from './seed-stack.js';
import type { SegueRun } from './segue.js';

export interface PipelineResult {
  readonly tracks: number;
  readonly bytes: number;
  readonly k: number;
  readonly threads: number;
  readonly generateSeconds: number;
  readonly segue: readonly SegueRun[];
  readonly seed: readonly SeedRun[];
  readonly checks: readonly Check[];
  /** Versions of the seed stack's packages, for people. */
  readonly versions: string;
}

/** Seconds of the seed stack over Segue's, from the start of the process to its end. */
export function ratioOf({ segue, seed }: Pick<PipelineResult, 'segue' | 'seed'>): number {
  return medianOf(seed, ({ seconds }) => seconds) / medianOf(segue, ({ seconds }) => seconds);
}

/** The result for people, in Markdown. */
export function renderPipeline(result: PipelineResult): string {
  const { tracks, bytes, k, threads, segue, seed, generateSeconds, versions } = result;
  const peak = Math.max(
    ...segue.map(({ tasks }) => tasks.T4_Registro_Despliegue.peak_memory_mib ?? Number.NaN),
  );
  return [
    '# `npm run bench:pipeline`',
    '',
    `${tracks.toLocaleString('en')} synthetic tracks (${(bytes / 1e6).toFixed(0)} MB of CSV), k = ${k}, 10 starts. Segue and the seed stack in turn, each ${segue.length} times after once that isn't counted, each run in a new process with ${threads} threads; medians.`,
    '',
    describeMachine(),
    '',
    `The seed stack: PySpark cleans the catalogue and writes the four Parquet files, scikit-learn trains on them (\`bench/peers/seed_stack.py\`); ${versions}.`,
    '',
    '| | Segue, s | tracks/s | seed stack, s | ratio |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...stageRows(result),
    '',
    `\`generate\`: ${generateSeconds.toFixed(2)} s, ${rate(tracks, generateSeconds)} tracks/s. Peak resident memory of a run of Segue: ${peak.toLocaleString('en')} MiB.`,
    '',
    'What the sides do not share: Segue also keeps every rejected row with its reason, hashes the cleaned data, sorts the files by track id, profiles the segments, judges and registers the model. Its Silhouettes score 4,000 tracks against all tracks and its squared form is exact; `silhouette_score(sample_size=4000)` scores them against each other. The seed stack labels both sides once more.',
    '',
    ...result.checks.map(renderCheck),
    '',
    `Seed stack by stage: ${seedStages(seed)}.`,
    '',
  ].join('\n');
}

function stageRows({ tracks, segue, seed }: PipelineResult): string[] {
  const task = (id: TaskId): number => medianOf(segue, ({ tasks }) => tasks[id].seconds ?? Number.NaN);
  const row = (name: string, ours: number, theirs?: number): string =>
    `| ${name} | ${ours.toFixed(2)} | ${ours < 0.1 ? 'independent' : rate(tracks, ours)} | ${theirs === undefined ? '' : theirs.toFixed(2)} | ${theirs === undefined ? '' : (theirs / ours).toFixed(2)} |`;
  const theirs: Partial<Record<TaskId, number>> = {
    T1_Ingesta_y_Limpieza: medianOf(seed, ({ stages }) => stages.clean),
    T2_Entrenamiento_Modelo: medianOf(seed, ({ stages }) => sum(Object.values(stages)) - stages.clean),
  };
  const whole = [segue, seed].map((runs) => medianOf<SegueRun | SeedRun>(runs, ({ seconds }) => seconds));
  return [
    ...PATH.map((id) => row(`\`${id}\``, task(id), theirs[id])),
    row('**whole process**', whole[0]!, whole[1]),
  ];
}

function seedStages(seed: readonly SeedRun[]): string {
  return Object.keys(seed[0]!.stages)
    .map(
      (name) => `${name} ${medianOf(seed, ({ stages }) => stages[name as keyof typeof stages]).toFixed(2)} s`,
    )
    .join(', ');
}

function rate(tracks: number, seconds: number): string {
  return Math.round(tracks / seconds).toLocaleString('en');
}

function medianOf<T>(runs: readonly T[], of: (run: T) => number): number {
  return median(runs.map(of));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
