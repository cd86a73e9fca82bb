import { BLOCK, NO_LABEL } from './layout';

/** Moves whose rows are touched together. */
const AHEAD: usize = 64;

/**
 * Moves listed rows from one segment's count and sums to another's; NO_LABEL is nowhere. Sums are of x - mean. An entry is a row (u32), the
 * segment it leaves and the one it joins (u16 each). Rows are touched some time before they are added: each waits for memory, and
 * these waits overlap.
 */
export function moveRows(
  d: i32,
  values: usize,
  mean: usize,
  sums: usize,
  counts: usize,
  moves: usize,
  count: i32,
  scratch: usize,
): void {
  const width = (<usize>d) << 3;
  const all = moves + ((<usize>count) << 3);
  while (moves < all) {
    const end = min(moves + 8 * AHEAD, all);
    let touched: u32 = 0;
    for (let at = moves; at < end; at += 8) {
      const row = values + <usize>load<u32>(at) * width;
      touched |= load<u8>(row) | load<u8>(row + width - 1);
    }
    store<u32>(scratch, touched); // so that the loads aren't optimised away
    moveThese(width, values, mean, sums, counts, moves, end);
    moves = end;
  }
}

function moveThese(
  width: usize,
  values: usize,
  mean: usize,
  sums: usize,
  counts: usize,
  moves: usize,
  end: usize,
): void {
  for (; moves < end; moves += 8) {
    const row = values + <usize>load<u32>(moves) * width;
    const from = <usize>load<u16>(moves, 4);
    const to = <usize>load<u16>(moves, 6);
    const target = sums + to * width;
    const size = counts + (to << 2);
    store<i32>(size, load<i32>(size) + 1);
    if (from == NO_LABEL) {
      for (let at: usize = 0; at < width; at += 8) {
        store<f64>(target + at, load<f64>(target + at) + (load<f64>(row + at) - load<f64>(mean + at)));
      }
      continue;
    }
    const origin = sums + from * width;
    const left = counts + (from << 2);
    store<i32>(left, load<i32>(left) - 1);
    for (let at: usize = 0; at < width; at += 8) {
      const value = load<f64>(row + at) - load<f64>(mean + at);
      store<f64>(target + at, load<f64>(target + at) + value);
      store<f64>(origin + at, load<f64>(origin + at) - value);
    }
  }
}

/** Moves a full block whose rows all have the same label. */
export function moveBlock(
  d: i32,
  values: usize,
  mean: usize,
  sums: usize,
  counts: usize,
  from: u32,
  to: u32,
): void {
  const width = (<usize>d) << 3;
  const target = sums + <usize>to * width;
  const origin = sums + <usize>from * width;
  for (let at: usize = 0; at < width; at += 8) {
    const centre = load<f64>(mean + at);
    let even: f64 = 0;
    let odd: f64 = 0;
    for (let row = values + at, end = values + (width << 6); row < end; row += width << 1) {
      even += load<f64>(row) - centre;
      odd += load<f64>(row + width) - centre;
    }
    const value = even + odd;
    store<f64>(target + at, load<f64>(target + at) + value);
    if (from != NO_LABEL) store<f64>(origin + at, load<f64>(origin + at) - value);
  }
  const size = counts + ((<usize>to) << 2);
  store<i32>(size, load<i32>(size) + BLOCK);
  if (from == NO_LABEL) return;
  const left = counts + ((<usize>from) << 2);
  store<i32>(left, load<i32>(left) - BLOCK);
}
