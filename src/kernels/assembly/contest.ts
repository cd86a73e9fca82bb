import { stepOf } from './dequantise';
import { GROUP } from './layout';

/**
 * Prepares the contest of a block's candidates: for each but the first, how much its score is above the first one's as a linear function
 * of the block's quantised values: a constant and a weight per feature (f32), written to `functions`.
 */
export function startContest(
  d: i32,
  count: i32,
  list: usize,
  weights: usize,
  box: usize,
  functions: usize,
): void {
  const stride = (<usize>(d + 1)) << 2;
  const half = box + ((<usize>d) << 2);
  const first = weights + <usize>load<u32>(list) * stride;
  for (let i = 1; i < count; i++) {
    const other = weights + <usize>load<u32>(list + ((<usize>i) << 2)) * stride;
    let constant = load<f32>(other) - load<f32>(first);
    for (let at: usize = 0; at + 4 < stride; at += 4) {
      const slope = load<f32>(other + at, 4) - load<f32>(first + at, 4);
      const width = load<f32>(half + at);
      constant += slope * (load<f32>(box + at) - width);
      store<f32>(functions + at, slope * stepOf(width), 4);
    }
    store<f32>(functions, constant);
    functions += stride;
  }
}

/**
 * Holds the contest for listed vectors of four rows of a block (`vectors`: first rows, i32). Writes the nearest candidate of each row to
 * `winners` (16 bytes a vector, in the order of the list), and by how much its score is below the next one's, less `margin`, to `leads`
 * (4 bytes a row of the block).
 */
export function contest(
  d: i32,
  count: i32,
  candidates: usize,
  functions: usize,
  quantised: usize,
  vectors: usize,
  vectorCount: i32,
  margin: f32,
  leads: usize,
  winners: usize,
): void {
  const group = (<usize>d) << 1;
  const firstOne = v128.load32_splat(candidates);
  const end = candidates + ((<usize>count) << 2);
  const last = vectors + ((<usize>vectorCount) << 2);
  const margins = f32x4.splat(margin);
  for (; vectors < last; vectors += 4, winners += 16) {
    const row = <usize>load<u32>(vectors);
    const from = quantised + (row & ~15) * group + ((row & 15) << 1);
    let best = f32x4.splat(0);
    let second = f32x4.splat(f32.POSITIVE_INFINITY);
    let nearest = firstOne;
    let at = functions;
    if (d == 5) {
      const x0 = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(v128.load64_zero(from)));
      const x1 = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(v128.load64_zero(from, 2 * GROUP)));
      const x2 = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(v128.load64_zero(from, 4 * GROUP)));
      const x3 = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(v128.load64_zero(from, 6 * GROUP)));
      const x4 = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(v128.load64_zero(from, 8 * GROUP)));
      for (let candidate = candidates + 4; candidate < end; candidate += 4, at += 24) {
        const a = f32x4.add(v128.load32_splat(at), f32x4.mul(x0, v128.load32_splat(at, 4)));
        const b = f32x4.mul(x1, v128.load32_splat(at, 8));
        const c = f32x4.add(a, f32x4.mul(x2, v128.load32_splat(at, 12)));
        const e = f32x4.add(b, f32x4.mul(x3, v128.load32_splat(at, 16)));
        const score = f32x4.add(f32x4.add(c, f32x4.mul(x4, v128.load32_splat(at, 20))), e);
        const nearer = f32x4.lt(score, best);
        second = f32x4.pmin(second, f32x4.pmax(best, score));
        best = f32x4.pmin(best, score);
        nearest = v128.bitselect(v128.load32_splat(candidate), nearest, nearer);
      }
    } else {
      for (let candidate = candidates + 4; candidate < end; candidate += 4) {
        let score = v128.load32_splat(at);
        for (let j: usize = 0; j < <usize>d; j++) {
          at += 4;
          const x = v128.load64_zero(from + j * (2 * GROUP));
          const value = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(x));
          score = f32x4.add(score, f32x4.mul(value, v128.load32_splat(at)));
        }
        at += 4;
        const nearer = f32x4.lt(score, best);
        second = f32x4.pmin(second, f32x4.pmax(best, score));
        best = f32x4.pmin(best, score);
        nearest = v128.bitselect(v128.load32_splat(candidate), nearest, nearer);
      }
    }
    v128.store(winners, nearest);
    v128.store(leads + (row << 2), f32x4.sub(f32x4.sub(second, best), margins));
  }
}
