import { LIMITS, type Verdict } from './limits.js';

export const MEASURES = ['mean', 'sd', 'shape', 'range', 'share'] as const;

export type Measure = (typeof MEASURES)[number];

/** One comparison of a window with the training rows. */
export interface Finding {
  /** A feature's name, or `segments`, `distance`, `boundary`, `unassigned`, `refused`; of a file also reasons for which rows are rejected. */
  readonly subject: string;
  readonly measure: Measure;
  /** How many standard errors apart, or what a chi-square statistic is as such; null where it can't be had. */
  readonly z: number | null;
  /**
   * How large the difference is. Of a mean: in standard deviations of the training rows; of `sd`: the natural logarithm of the ratio; of
   * `shape`: the population stability index; of segments: Cohen's w; of the share near a boundary: Cohen's h; of tracks that
   * should be rare: what their share has more than it should.
   */
  readonly effect: number | null;
  /** The least effect that this window would have told of; null where it couldn't have told of any. */
  readonly smallest_visible: number | null;
  readonly verdict: Verdict;
}

/** What a comparison found, before it is judged. */
export interface Compared extends Omit<Finding, 'smallest_visible' | 'verdict'> {
  /** Infinity where no effect could be told. */
  readonly smallest_visible: number;
  /** z from which on it is significant. */
  readonly critical: number;
  /** Effects from which on it is told; LIMITS unless given. */
  readonly tells?: { readonly warn: number; readonly alert: number };
}

/**
 * Judges a comparison. Two warnings running are an alert.
 *
 * @param warnedBefore whether the window before warned of the same
 */
export function judge(compared: Compared, warnedBefore: boolean): Finding {
  const { subject, measure, z, effect, smallest_visible } = compared;
  return {
    subject,
    measure,
    z,
    effect,
    smallest_visible: Number.isFinite(smallest_visible) ? smallest_visible : null,
    verdict: verdictOf(compared, warnedBefore),
  };
}

function verdictOf(
  { z, effect, smallest_visible, critical, tells = LIMITS }: Compared,
  warnedBefore: boolean,
): Verdict {
  if (z === null || effect === null) return 'not_enough_data';
  const size = Math.abs(effect);
  // chi-square and rare counts are significant only upwards, which is where their effects lie too
  if (Math.abs(z) > critical && size >= tells.warn)
    return size >= tells.alert || warnedBefore ? 'alert' : 'warn';
  return smallest_visible > LIMITS.visible ? 'not_enough_data' : 'none';
}
