/** Requests of one round of the event loop that are always let in: as many as an ordinary load has connections. */
const ROUND_REQUESTS = 128;

/** How long a round may go on letting requests in, in milliseconds. */
const ROUND_MS = 8;

/** How long rounds may take longer before requests are refused, in milliseconds: a burst is answered, a standing queue isn't built. */
const PATIENCE_MS = 100;

/** Says of each request, as it is read, whether it can still be answered in time. */
export interface RoundGate {
  /** @param now milliseconds on a clock that never goes back */
  admits(now: number): boolean;
}

/**
 * Bounds how long a request waits for those before it. Node reads the requests that have come in round by round of its event loop. While
 * round after round takes longer than it should, the rest of each is refused once its requests are let in and its time is up: what is
 * let in has then waited for no more than the refusals of one round and the requests of two, however much is asked. That the delay must
 * have lasted is the rule of CoDel (Nichols and Jacobson, 2012): a burst is worth its short queue.
 *
 * @param endOfRound calls back when all that has come in by now was read: `setImmediate`
 */
export function roundGate(
  endOfRound: (over: () => void) => void = setImmediate,
  { requests = ROUND_REQUESTS, milliseconds = ROUND_MS, patience = PATIENCE_MS } = {},
): RoundGate {
  let began: number | undefined;
  let admitted = 0;
  let late = false;
  let lateSince: number | undefined;

  const over = (): void => {
    if (!late) lateSince = undefined;
    began = undefined;
    admitted = 0;
    late = false;
  };
  return {
    admits(now) {
      if (began === undefined) {
        began = now;
        endOfRound(over);
      }
      if (admitted >= requests && now - began >= milliseconds) {
        late = true;
        lateSince ??= now;
        if (now - lateSince >= patience) return false;
      }
      admitted += 1;
      return true;
    },
  };
}
