import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ClusterDataset } from '../../src/catalogue/cluster/ingest.js';
import type { RunRecord } from '../../src/pipeline/run-record.js';
import type { SplitMetrics } from '../../src/training/metrics.js';
import { peerEnvironment } from '../peers/python.js';
import { measureSegue } from '../scale/measure.js';

const exec = promisify(execFile);
const PEER = fileURLToPath(new URL('peer.py', import.meta.url));

/** What both sides are asked for. */
export interface Work {
  readonly catalogue: string;
  readonly k: number;
  readonly starts: number;
  readonly threads: number;
}

interface Rows {
  readonly train: number;
  readonly test: number;
  readonly rejected: Readonly<Record<string, number>>;
}

/** One `segue run` in a process and a home of its own. */
export interface SegueRun {
  /** Of the process, from its start to its end. */
  readonly seconds: number;
  /** Of T1 and T2 within it. */
  readonly clean: number;
  readonly train: number;
  /** Of the process: the cluster's memory isn't in it. */
  readonly peakMib: number;
  /** Of training on the cluster, all starts and k together; 0 where it was done here. */
  readonly iterations: number;
  readonly rows: Rows;
  readonly metrics: Readonly<Record<'train' | 'test', SplitMetrics>>;
}

/** What `segue run --json` prints, as far as it is used here. */
interface Printed {
  readonly run: string;
  readonly tasks: RunRecord['tasks'];
  readonly report: { readonly rows: Rows };
  readonly metrics: SegueRun['metrics'];
}

/** Where the cluster is, and options that only it knows. */
export interface OnCluster {
  readonly address: string;
  readonly options?: readonly string[];
}

/**
 * Runs T1 to T4 on this machine, or on a cluster. The home is removed afterwards.
 *
 * @param look is given the folder of the run on the cluster before that
 */
export async function runSegue(
  { catalogue, k, starts, threads }: Work,
  home: string,
  cluster?: OnCluster,
  look?: (work: string) => Promise<void>,
): Promise<SegueRun> {
  const argv = ['run', '--source', catalogue, '--k', k, '--starts', starts, '--threads', threads];
  const limits = ['--min-silhouette', 0, '--min-segment-share', 0]; // what is measured is time, not quality
  const where =
    cluster === undefined
      ? []
      : ['--engine', 'spark', '--spark', cluster.address, ...(cluster.options ?? [])];
  try {
    const { code, stdout, stderr, seconds, peakMiB } = await measureSegue(
      [...argv, ...limits, ...where, '--home', home, '--json'].map(String),
    );
    if (code !== 0) throw new Error(`segue run ended with ${code}:\n${stderr}`);
    const { run, tasks, report, metrics } = JSON.parse(stdout) as Printed;
    if (look !== undefined) {
      const dataset = await readFile(join(home, 'datasets', run, 'cluster.json'), 'utf8');
      await look((JSON.parse(dataset) as ClusterDataset).work);
    }
    return {
      seconds,
      clean: tasks.T1_Ingesta_y_Limpieza.seconds ?? Number.NaN,
      train: tasks.T2_Entrenamiento_Modelo.seconds ?? Number.NaN,
      peakMib: peakMiB,
      iterations: stderr.match(/^fitting k=\d+ to all rows: iteration/gm)?.length ?? 0,
      rows: report.rows,
      metrics,
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** T1 alone. @returns seconds of the task */
export async function cleanOnCluster(
  { catalogue, threads }: Work,
  home: string,
  { address, options = [] }: OnCluster,
): Promise<number> {
  const run = 'cleaned';
  const argv = [
    'task',
    'T1_Ingesta_y_Limpieza',
    '--run',
    run,
    '--source',
    catalogue,
    '--threads',
    String(threads),
  ];
  try {
    const where = ['--engine', 'spark', '--spark', address, ...options, '--home', home];
    const { code, stderr } = await measureSegue([...argv, ...where]);
    if (code !== 0) throw new Error(`segue task ended with ${code}:\n${stderr}`);
    const { stdout } = await measureSegue(['runs', 'show', run, '--home', home, '--json']);
    return (JSON.parse(stdout) as RunRecord).tasks.T1_Ingesta_y_Limpieza.seconds ?? Number.NaN;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Stages of peer.py. */
export const PEER_STAGES = ['connect', 'clean', 'fetch', 'fit', 'measure'] as const;

/** One run of peer.py in a process of its own. */
export interface PeerRun {
  readonly seconds: number;
  readonly stages: Readonly<Record<(typeof PEER_STAGES)[number], number>>;
  readonly rows: Rows;
  readonly figures: Readonly<
    Record<'train' | 'test', { readonly wcss: number; readonly silhouette_sqeuclidean: number }>
  >;
}

/** Tracks that the peer's Silhouettes are computed from, as Segue's above 50,000. */
const SILHOUETTE_POINTS = 4000;

export async function runPeer(
  python: string,
  { catalogue, k, starts, threads }: Work,
  address: string,
  out: string,
): Promise<PeerRun> {
  const argv = [PEER, address, catalogue, out, k, starts, SILHOUETTE_POINTS].map(String);
  const began = performance.now();
  try {
    const { stdout } = await exec(python, argv, { env: peerEnvironment(threads), maxBuffer: 2 ** 26 });
    const seconds = (performance.now() - began) / 1000;
    const {
      seconds: stages,
      rows,
      figures,
    } = JSON.parse(stdout) as {
      readonly seconds: PeerRun['stages'];
    } & Pick<PeerRun, 'rows' | 'figures'>;
    return { seconds, stages, rows, figures };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
