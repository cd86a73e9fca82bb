import type { FeatureReference } from '../training/reference.js';
import { chiSquareAt, normalOfChiSquare, pooled } from './chi-square.js';
import type { Compared } from './finding.js';
import { LIMITS } from './limits.js';
import { rareShare } from './shares.js';
import type { FeatureTally } from './tally.js';

/**
 * Compares one feature of a window with the training rows: mean, standard deviation, shape, range.
 *
 * @param tracks in the window
 */
export function featureFindings(
  reference: FeatureReference,
  tally: FeatureTally,
  tracks: number,
): readonly Compared[] {
  return [
    meanFinding(reference, tally),
    sdFinding(reference, tally),
    shapeFinding(reference, tally),
    {
      subject: reference.feature,
      measure: 'range',
      // of n + 1 values that were drawn alike, each is as likely the largest
      ...rareShare(tally.below + tally.above, tracks, 2 / (reference.n + 1)),
    },
  ];
}

/** z = (m1 - m0) / (s0 √(1/n + 1/N)); the effect is in standard deviations of the training rows. */
function meanFinding({ feature, n, mean, sd }: FeatureReference, current: FeatureTally): Compared {
  const error = Math.sqrt(1 / current.count + 1 / n);
  const effect = sd > 0 && current.count > 0 ? (current.mean - mean) / sd : null;
  return {
    subject: feature,
    measure: 'mean',
    z: effect === null ? null : effect / error,
    effect,
    smallest_visible: Math.max(LIMITS.warn, LIMITS.meanZ * error),
    critical: LIMITS.meanZ,
  };
}

/**
 * As the mean, with the standard error of a standard deviation that holds for any distribution: s √((κ - 1)/4 · (1/n + 1/N)), κ the fourth
 * standardised moment (C. R. Rao, "Linear statistical inference", 6f.2). The effect is ln(s1 / s0).
 */
function sdFinding({ feature, n, sd, kurtosis }: FeatureReference, current: FeatureTally): Compared {
  const error = Math.sqrt(((kurtosis - 1) / 4) * (1 / current.count + 1 / n));
  const ratio = sd > 0 && current.count > 0 ? current.sd / sd : null;
  return {
    subject: feature,
    measure: 'sd',
    z: ratio === null || !(error > 0) ? null : (ratio - 1) / error,
    effect: ratio === null ? null : Math.log(Math.max(ratio, Number.MIN_VALUE)),
    smallest_visible: Math.max(LIMITS.warn, Math.log1p(LIMITS.z * error)),
    critical: LIMITS.z,
  };
}

/**
 * Population stability index on bins whose edges are frozen with the model, compared with what chance makes of it: (1/n + 1/N) times a
 * chi-square variable (B. Yurdakul and J. Naranjo, "Statistical properties of the population stability index", 2020).
 */
function shapeFinding({ feature, n, decile_counts }: FeatureReference, { bins }: FeatureTally): Compared {
  const tracks = bins.reduce((sum, count) => sum + count, 0);
  const { current, reference } = pooled(
    { current: bins, reference: decile_counts.map((count) => count / n) },
    tracks,
  );
  const degrees = reference.length - 1;
  const scale = 1 / tracks + 1 / n;
  const measurable = degrees > 0 && tracks > 0;
  const shares = current.map((count) => (count + 0.5) / (tracks + 0.5 * current.length)); // no class is empty
  const psi = shares.reduce(
    (sum, share, i) => sum + (share - reference[i]!) * Math.log(share / reference[i]!),
    0,
  );
  return {
    subject: feature,
    measure: 'shape',
    z: measurable ? normalOfChiSquare(psi / scale, degrees) : null,
    effect: measurable ? psi : null,
    smallest_visible: measurable
      ? Math.max(LIMITS.warn, scale * chiSquareAt(LIMITS.oneSidedZ, degrees))
      : Infinity,
    critical: LIMITS.oneSidedZ,
  };
}
