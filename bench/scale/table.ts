import type { Measured } from './measure.js';

/** One size of catalogue through the whole product. */
export interface SizeResult {
  readonly tracks: number;
  /** Of the CSV. */
  readonly bytes: number;
  readonly generate: Measured;
  /** Seconds of T1 and T2 within the run. */
  readonly clean: number;
  readonly train: number;
  readonly run: Measured;
  readonly assign: Measured;
}

/** The lines of the table for one size. */
export function rowsOf({ tracks, bytes, generate, clean, train, run, assign }: SizeResult): string[] {
  const millions = tracks / 1e6;
  const row = (step: string, seconds: number, peak: number): string =>
    `| ${tracks.toLocaleString('en')} | ${step} | ${seconds.toFixed(1)} | ${(seconds / millions).toFixed(2)} | ${peak.toLocaleString('en')} |`;
  return [
    row(`\`generate\` (${(bytes / 1e9).toFixed(2)} GB of CSV)`, generate.seconds, generate.peakMiB),
    row('`run`: T1, clean and split', clean, run.peakMiB),
    row('`run`: T2, train', train, run.peakMiB),
    row('`run` in all', run.seconds, run.peakMiB),
    row('`assign`', assign.seconds, assign.peakMiB),
  ];
}

export function renderScale(
  results: readonly SizeResult[],
  machine: string,
  { starts, memoryLimit }: { readonly starts: string; readonly memoryLimit: string },
): string {
  return [
    '# `npm run bench:scale`',
    '',
    `Each command in a process of its own, once; k = 8, ${starts} starts, ${memoryLimit} for the SQL engine. T1 and T2 share the process of their run, and so its peak memory.`,
    '',
    machine,
    '',
    '| tracks | step | seconds | seconds per million | peak MiB |',
    '| ---: | --- | ---: | ---: | ---: |',
    ...results.flatMap(rowsOf),
    '',
    ...slope(results),
  ].join('\n');
}

/** What each further row costs in memory, from the smallest and the largest size. */
function slope(results: readonly SizeResult[]): string[] {
  const [small, large] = [results[0]!, results.at(-1)!];
  if (small.tracks === large.tracks) return [];
  const perRow = ((large.run.peakMiB - small.run.peakMiB) * 2 ** 20) / (large.tracks - small.tracks);
  return [
    `From ${small.tracks.toLocaleString('en')} to ${large.tracks.toLocaleString('en')} tracks the peak of a run grows by ${perRow.toFixed(1)} bytes per track, what the SQL engine takes within its limit included.`,
    '',
  ];
}
