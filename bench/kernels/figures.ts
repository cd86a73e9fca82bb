import type { Side, Timing } from '../interleave.js';
import { median } from '../report.js';
import { GOALS } from './aims.js';
import type { TimedResult, WorkResult } from './work.js';

/** Median, least and most seconds of a contestant, and how many times Segue's median it takes. */
export interface Figures {
  readonly name: string;
  readonly side: Side;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly ratio: number;
}

export function figuresOf({ timings }: TimedResult): Figures[] {
  const own = median(timings.find(({ side }) => side === 'segue')!.seconds);
  return timings.map(({ name, side, seconds }: Timing) => ({
    name,
    side,
    median: median(seconds),
    least: Math.min(...seconds),
    most: Math.max(...seconds),
    ratio: median(seconds) / own,
  }));
}

/** Time of the fastest variant of scikit-learn over Segue's; undefined where scikit-learn doesn't take part. */
export function ratioOf(result: TimedResult): number | undefined {
  const peers = figuresOf(result).filter(({ side }) => side === 'scikit-learn');
  return peers.length === 0 ? undefined : Math.min(...peers.map(({ ratio }) => ratio));
}

/** The figure that a work is judged by. */
export function figureOf(result: WorkResult): number | undefined {
  return result.kind === 'memory' ? result.bytesPerRow : ratioOf(result);
}

/** Figures by name, of the works that have goals. */
export function summaryOf(results: readonly WorkResult[]): Record<string, number> {
  const judged = results.filter(({ name }) => Object.hasOwn(GOALS, name));
  return Object.fromEntries(judged.map((result) => [result.name, figureOf(result) ?? Number.NaN]));
}
