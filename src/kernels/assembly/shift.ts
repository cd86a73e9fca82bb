import { padded } from './layout';

/**
 * By how much, at most, the difference between two listed centroids' scores has changed since a remembered step, at any point of a box:
 * the change at the centre, and across the box. Moves that cancel each other count once.
 */
export function largestShift(d: i32, k: i32, mask: u32, box: usize, before: usize, now: usize): f32 {
  const lanes = padded(k);
  const column = (<usize>lanes) << 2;
  let highest: f32 = f32.NEGATIVE_INFINITY;
  let lowest: f32 = f32.POSITIVE_INFINITY;
  for (let rest = mask; rest != 0; rest &= rest - 1) {
    const at = (<usize>ctz(rest)) << 2;
    let shift = load<f32>(now + at) - load<f32>(before + at);
    for (let j: usize = 1; j <= <usize>d; j++) {
      const move = load<f32>(now + at + j * column) - load<f32>(before + at + j * column);
      shift -= 2 * load<f32>(box + ((j - 1) << 2)) * move;
    }
    highest = max(highest, shift);
    lowest = min(lowest, shift);
  }
  let across: f32 = 0;
  for (let j: usize = 1; j <= <usize>d; j++) {
    let most: f32 = f32.NEGATIVE_INFINITY;
    let least: f32 = f32.POSITIVE_INFINITY;
    for (let rest = mask; rest != 0; rest &= rest - 1) {
      const at = ((<usize>ctz(rest)) << 2) + j * column;
      const move = load<f32>(now + at) - load<f32>(before + at);
      most = max(most, move);
      least = min(least, move);
    }
    across += load<f32>(box + ((<usize>d + j - 1) << 2)) * (most - least);
  }
  return highest - lowest + 2 * across;
}
