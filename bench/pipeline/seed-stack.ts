import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { peerEnvironment, peerScript } from '../peers/python.js';

const exec = promisify(execFile);

/** Stages of seed_stack.py. */
export const SEED_STAGES = ['clean', 'read', 'scale', 'fit', 'predict', 'measure', 'write'] as const;

export interface SeedFigures {
  readonly rows: number;
  readonly wcss: number;
  readonly silhouette_euclidean: number;
  readonly silhouette_sqeuclidean: number;
}

/** One run of PySpark and scikit-learn in a process of its own. */
export interface SeedRun {
  /** Of the process, from its start to its end. */
  readonly seconds: number;
  readonly stages: Readonly<Record<(typeof SEED_STAGES)[number], number>>;
  readonly figures: Readonly<Record<'train' | 'test', SeedFigures>>;
}

export interface SeedOptions {
  readonly python: string;
  readonly threads: number;
  readonly k: number;
  /** Tracks that its Silhouettes are computed from. */
  readonly points: number;
  /** Folder for its files, removed afterwards. */
  readonly out: string;
}

export async function runSeedStack(
  catalogue: string,
  { python, threads, k, points, out }: SeedOptions,
): Promise<SeedRun> {
  await mkdir(out);
  const began = performance.now();
  const { stdout } = await exec(
    python,
    [peerScript('seed_stack.py'), catalogue, out, String(k), String(points)],
    { env: peerEnvironment(threads), maxBuffer: 1 << 26 },
  );
  const seconds = (performance.now() - began) / 1000;
  await rm(out, { recursive: true });
  const { seconds: stages, figures } = JSON.parse(stdout) as {
    readonly seconds: SeedRun['stages'];
    readonly figures: SeedRun['figures'];
  };
  return { seconds, stages, figures };
}
