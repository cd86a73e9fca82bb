import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allocateColumns, type Columns } from '#segue/core/columns.js';
import { testData } from './venv.js';

/** What kmeans.py writes for one data set. Arrays over features follow `features`. */
export interface DataSet {
  readonly name: string;
  readonly rows: number;
  readonly features: readonly string[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
  readonly kurtosis: readonly number[];
  readonly decile_edges: readonly (readonly number[])[];
  /** Of fits from one k-means++ seeding each. */
  readonly single_starts: readonly { readonly k: number; readonly inertias: readonly number[] }[];
  readonly cases: readonly Case[];
}

/** One fit by scikit-learn. */
export interface Case {
  readonly name: string;
  readonly initial: readonly (readonly number[])[];
  readonly max_iterations: number;
  readonly tolerance: number;
  /** File of int32. */
  readonly labels: string;
  readonly centroids: readonly (readonly number[])[];
  readonly inertia: number;
  readonly iterations: number;
  /** Over the first `rows` rows. */
  readonly silhouettes: { readonly rows: number } & Readonly<Record<string, number>>;
}

/** Figures of an older scikit-learn, kept beside the catalogues. */
interface Figures {
  readonly datasets: Readonly<
    Record<
      string,
      {
        readonly clean: {
          readonly rows_used: number;
          readonly scaler_mean: readonly number[];
          readonly scaler_scale: readonly number[];
          readonly per_k: Readonly<Record<string, { readonly best_inertia_over_seeds_0_4_and_42: number }>>;
        };
      }
    >
  >;
}

export function readManifest(folder: string): readonly DataSet[] {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as DataSet[];
}

export function readFigures(): Figures {
  return JSON.parse(readFileSync(join(testData(), 'sklearn_reference.json'), 'utf8')) as Figures;
}

/** Features of a data set, in their units or standardised by scikit-learn. */
export function readColumns(folder: string, { name, rows, features }: DataSet, units: 'raw' | 'z'): Columns {
  const columns = allocateColumns(features, rows);
  const values = new Float64Array(readBytes(folder, `${name}.${units}.f64`));
  columns.data.forEach((column, j) => column.set(values.subarray(j * rows, (j + 1) * rows)));
  return columns;
}

/** Labels of a case, one per row. */
export function readLabels(folder: string, { labels }: Pick<Case, 'labels'>): Int32Array {
  return new Int32Array(readBytes(folder, labels));
}

/** A file in memory that threads share. */
function readBytes(folder: string, file: string): SharedArrayBuffer {
  const bytes = readFileSync(join(folder, file));
  const memory = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(memory).set(bytes);
  return memory;
}
