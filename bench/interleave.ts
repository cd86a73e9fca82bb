import { setTimeout as pause } from 'node:timers/promises';

/** Whose time it is: Segue's, scikit-learn's (the fastest of its variants is the peer), or that of another library. */
export type Side = 'segue' | 'scikit-learn' | 'other';

export interface Contestant {
  readonly name: string;
  readonly side: Side;
  /** Does the work once. @returns seconds */
  run(): Promise<number>;
}

export interface Timing {
  readonly name: string;
  readonly side: Side;
  /** Of every counted run. */
  readonly seconds: readonly number[];
}

/** Between two runs: OpenMP's threads spin for some milliseconds after their work. */
const PAUSE_MS = 100;

/**
 * Runs all contestants once without counting, then `rounds` times in turn (A B C A B C …), so that a slow phase of the machine meets
 * them alike.
 */
export async function interleave(contestants: readonly Contestant[], rounds: number): Promise<Timing[]> {
  const timings = contestants.map(({ name, side }) => ({ name, side, seconds: [] as number[] }));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [i, contestant] of contestants.entries()) {
      await pause(PAUSE_MS);
      const seconds = await contestant.run();
      if (round > 0) timings[i]!.seconds.push(seconds);
    }
  }
  return timings;
}

/** A contestant of this process. */
export function here(name: string, side: Side, work: () => unknown): Contestant {
  return {
    name,
    side,
    async run() {
      const began = performance.now();
      await work();
      return (performance.now() - began) / 1000;
    },
  };
}
