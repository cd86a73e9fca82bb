/** How often parked work is looked at, in milliseconds. */
const TICK_MS = 10;

/**
 * Does work a while later, in the order in which it came: all that is due at once every tick, by one timer however much there is.
 *
 * @param delayMs how long each waits at least
 */
export function parkFor(delayMs: number): (work: () => void) => void {
  let parked: { readonly due: number; readonly work: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const tick = (): void => {
    const now = performance.now();
    const later = parked.findIndex(({ due }) => due > now);
    const due = later === -1 ? parked : parked.slice(0, later);
    parked = later === -1 ? [] : parked.slice(later);
    if (parked.length === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    for (const { work } of due) work();
  };
  return (work) => {
    parked.push({ due: performance.now() + delayMs, work });
    timer ??= setInterval(tick, TICK_MS);
  };
}
