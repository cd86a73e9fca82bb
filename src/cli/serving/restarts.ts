/** A worker that lived at least so long was well; the next one need not wait. Milliseconds. */
const WELL_MS = 10_000;

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before the next worker takes the place of one that ended: twice as long each time that one ends soon. */
export function restartDelays(): (livedMs: number) => number {
  let delay = 0;
  return (livedMs) => {
    delay = livedMs >= WELL_MS ? 0 : Math.min(LONGEST_MS, Math.max(FIRST_MS, 2 * delay));
    return delay;
  };
}
