import { performance } from 'node:perf_hooks';

/** Longest time that batches keep the event loop to themselves, in milliseconds: what a single prediction beside them may wait. */
const TURN_MS = 5;

/** A stretch of time to work in without giving way. */
export interface Turn {
  readonly over: () => boolean;
}

/** Gives one turn per round of the event loop, first come first served. */
export type NextTurn = () => Promise<Turn>;

/** Makes the turns that all long work of a process shares, so that requests that came in meanwhile are answered after each. */
export function takeTurns(milliseconds = TURN_MS, now = () => performance.now()): NextTurn {
  const waiting: ((turn: Turn) => void)[] = [];
  const give = (): void => {
    const end = now() + milliseconds;
    waiting.shift()?.({ over: () => now() >= end });
    if (waiting.length > 0) setImmediate(give);
  };
  return () =>
    new Promise((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(give);
    });
}
