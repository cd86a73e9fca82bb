/** Requests of one round of the event loop that are always let in: as many as an ordinary load has connections. */
const ROUND_REQUESTS = 128;

/** How long a round may go on letting requests in, in milliseconds. */
const ROUND_MS = 8;

/** A round that has not ended by then counts as the next one: Node goes on reading while more than a thousand connections have sent. */
const LONGEST_MS = 20;

/** How long rounds may take too long before requests are refused, in milliseconds: a burst is answered, a standing queue isn't built. */
const PATIENCE_MS = 100;

/** How long rounds must have been in time before that patience is had again, in milliseconds. */
const CALM_MS = 1_000;

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
  let round: { began: number; admitted: number } | undefined;
  let lateSince = 0;
  let lastLate = Number.NEGATIVE_INFINITY;

  const isLate = (now: number): boolean => {
    if (now - lastLate > CALM_MS) lateSince = now;
    lastLate = now;
    return now - lateSince >= patience;
  };
  const over = (): void => {
    round = undefined;
  };
  return {
    admits(now) {
      if (round === undefined) {
        round = { began: now, admitted: 0 };
        endOfRound(over);
      } else if (now - round.began > LONGEST_MS) {
        round.began = now;
        round.admitted = 0;
      }
      if (round.admitted >= requests && now - round.began >= milliseconds && isLate(now)) return false;
      round.admitted += 1;
      return true;
    },
  };
}
