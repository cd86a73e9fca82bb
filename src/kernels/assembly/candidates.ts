import { candidatesHere, reachHere, scoresHere } from './here';
import { LEAST, padded, ROUNDING, STEPS } from './layout';

/** By how much, at least, every centroid left out is farther than the nearest one, from any point of the box; Infinity for none. */
export let leftOutBy: f32 = 0;

/** By how much rounding and quantisation may falsify the difference of two scores of a point of the box. */
export let uncertainty: f32 = 0;

/** The part of it that is due to rounding. */
export let rounding: f32 = 0;

/**
 * Lists, in ascending order, the centroids that may be nearest to some point of a box, and returns their number. A centroid is left out
 * where even the corner of the box that favours it most is nearer to the one nearest to the box's centre (Kanungo et al., "An
 * efficient k-means clustering algorithm", 2002), by more than rounding could account for. What can't be compared stays.
 */
export function listCandidates(d: i32, k: i32, box: usize, norms: usize): i32 {
  const lanes = padded(k);
  const transposed = norms + ((<usize>lanes) << 2);
  const scores = scoresHere;
  const list = candidatesHere;
  const half = box + ((<usize>d) << 2);

  measureUncertainty(d, box);
  const margin = rounding;
  let centre: f32 = 0;
  let radius: f32 = 0;
  for (let j = 0; j < d; j++) {
    const at = (<usize>j) << 2;
    const middle = load<f32>(box + at);
    const width = load<f32>(half + at);
    centre += middle * middle;
    radius += width * width;
  }
  radius = sqrt(radius);

  // |c|² - 2 m·c: the squared distance to the centre m, but for |m|²
  let least = f32x4.splat(f32.POSITIVE_INFINITY);
  for (let c = 0; c < lanes; c += 4) {
    let score = v128.load(norms + ((<usize>c) << 2));
    for (let j = 0; j < d; j++) {
      const twice = f32x4.splat(2 * load<f32>(box + ((<usize>j) << 2)));
      score = f32x4.sub(score, f32x4.mul(twice, v128.load(transposed + ((<usize>(j * lanes + c)) << 2))));
    }
    v128.store(scores + ((<usize>c) << 2), score);
    least = f32x4.pmin(least, score);
  }
  least = f32x4.pmin(least, v128.shuffle<f32>(least, least, 2, 3, 0, 1));
  least = f32x4.pmin(least, v128.shuffle<f32>(least, least, 1, 0, 3, 2));
  let pivot = 0;
  for (let c = 0; c < lanes; c += 4) {
    const found = i32x4.bitmask(f32x4.eq(v128.load(scores + ((<usize>c) << 2)), least));
    if (found != 0) {
      pivot = c + ctz(found);
      break;
    }
  }
  if (pivot >= k) pivot = 0;

  const pivotScore = load<f32>(scores + ((<usize>pivot) << 2));
  const limit = f32x4.splat(pivotScore + margin);
  const square = f32x4.splat(centre * 1.00001 + margin);
  const around = f32x4.splat(2 * radius + sqrt(max(pivotScore + centre * 1.00001 + margin, 0)));
  let gap = f32x4.splat(f32.POSITIVE_INFINITY);
  let count = 0;
  for (let c = 0; c < lanes; c += 4) {
    let gain = limit;
    for (let j = 0; j < d; j++) {
      const row = transposed + ((<usize>(j * lanes)) << 2);
      const width = f32x4.splat(2 * load<f32>(half + ((<usize>j) << 2)));
      const apart = f32x4.sub(
        v128.load(row + ((<usize>c) << 2)),
        v128.load32_splat(row + ((<usize>pivot) << 2)),
      );
      gain = f32x4.add(gain, f32x4.mul(width, f32x4.abs(apart)));
    }
    const score = v128.load(scores + ((<usize>c) << 2));
    const farther = f32x4.gt(score, gain);
    const distance = f32x4.sqrt(f32x4.pmax(f32x4.splat(0), f32x4.add(score, square)));
    // d(x, c) - d(x, pivot) = (|x - c|² - |x - pivot|²) / (d(x, c) + d(x, pivot))
    const least = f32x4.div(f32x4.sub(score, gain), f32x4.add(distance, around));
    gap = f32x4.pmin(gap, v128.bitselect(least, gap, farther));
    let kept = i32x4.bitmask(farther) ^ 15;
    while (kept != 0) {
      const centroid = c + ctz(kept);
      kept &= kept - 1;
      if (centroid < k) {
        store<i32>(list + ((<usize>count) << 2), centroid);
        count++;
      }
    }
  }
  leftOutBy = leastOf(gap);
  return count;
}

/** Sets `uncertainty` and `rounding` for a box. */
export function measureUncertainty(d: i32, box: usize): void {
  const reach = reachHere;
  const half = box + ((<usize>d) << 2);
  let spread: f32 = 0;
  let widths: f32 = 0;
  for (let j = 0; j < d; j++) {
    const at = (<usize>j) << 2;
    const width = load<f32>(half + at) * load<f32>(reach + at);
    spread += abs(load<f32>(box + at)) * load<f32>(reach + at) + width;
    widths += width;
  }
  const largest = load<f32>(reach + ((<usize>d) << 2));
  rounding = (<f32>d * 2 + 16) * ROUNDING * (largest + 2 * spread + LEAST);
  uncertainty = (<f32>d * 4 + 16) * ROUNDING * (largest + 6 * spread + LEAST) + widths * (6 / STEPS);
}

function leastOf(lanes: v128): f32 {
  return min(
    min(f32x4.extract_lane(lanes, 0), f32x4.extract_lane(lanes, 1)),
    min(f32x4.extract_lane(lanes, 2), f32x4.extract_lane(lanes, 3)),
  );
}
