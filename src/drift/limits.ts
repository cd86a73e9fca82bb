/**
 * When a difference is called drift: it must be more than chance makes (significance) and large enough to matter (effect), so that small
 * windows don't cry wolf and large ones don't nag. With these limits, no more than one week in twenty raises anything where nothing has
 * changed; `npm run test:drift` measures it on real tracks.
 */
export const LIMITS = {
  /** Standard errors of a mean, to either side: one in a thousand where nothing changed. */
  meanZ: 3.3,
  /** Of all else, which is told less readily, so that who looks every day is not told more often than one week in twenty either. */
  z: 3.8,
  /** The same chance, for statistics that only grow. */
  oneSidedZ: 3.6,
  /** Effects from which on a significant difference is told: standard deviations, or what is like them for the measure. */
  warn: 0.1,
  alert: 0.25,
  /** A window that could not have shown a difference of this size doesn't say that there is none. */
  visible: 0.3,
  /** Tracks below which nothing is said at all: means of skewed features are far from normal. */
  leastTracks: 100,
  /** Shares of rare tracks (out of range, unassigned) from which on they are told. */
  rareWarn: 0.01,
  rareAlert: 0.05,
  /** Share of requests that break the rules. */
  refusedShare: 0.05,
} as const;

/** Share of windows, at most, in which something is told although nothing changed; what `npm run test:drift` proves. */
export const FALSE_ALARM_SHARE = 0.05;

export const VERDICTS = ['not_enough_data', 'none', 'warn', 'alert'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** Whether a verdict tells of something. */
export function isTold(verdict: Verdict): verdict is 'warn' | 'alert' {
  return verdict === 'warn' || verdict === 'alert';
}

/** The verdict that matters most. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  const rank = Math.max(...verdicts.map((verdict) => VERDICTS.indexOf(verdict)));
  return VERDICTS[rank] ?? 'not_enough_data';
}
