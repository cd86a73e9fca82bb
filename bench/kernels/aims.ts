import type { WorkName } from './work.js';

/** What a work must reach (bar) and should reach (aim): times scikit-learn's fastest variant, or bytes per row. */
export interface Goal {
  readonly bar: number;
  readonly aim: number;
}

/** The works that the JSON result has, and their goals, set when they were planned; the other works are told only in the table. */
export const GOALS = {
  fit_1m: { bar: 6, aim: 10 },
  fit_10m: { bar: 7, aim: 12 },
  auto_k_1m: { bar: 15, aim: 40 },
  silhouette_50k: { bar: 35, aim: 80 },
  predict_10m: { bar: 2.5, aim: 4 },
  bytes_per_row: { bar: 65, aim: 30 },
} as const satisfies Partial<Record<WorkName, Goal>>;

export function goalOf(name: WorkName): Goal | undefined {
  return (GOALS as Partial<Record<WorkName, Goal>>)[name];
}
