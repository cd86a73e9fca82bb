import { cpus, totalmem } from 'node:os';

/** The machine in one line, for the head of a result. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Machine: ${cpus().length} cores (${model}), ${memory} GiB; Node ${process.versions.node}, ${process.platform} ${process.arch}; ${new Date().toISOString().slice(0, 10)}.`;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
