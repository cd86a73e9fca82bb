import { compareTile, TILE_STRIDE } from './compare';
import { exactNearest, exactSquare } from './exact';
import { BLOCK, candidatesAt, LEAST, ROUNDING, reachAt, tileAt, weightsAt } from './layout';

/**
 * Nearest centroid of `rows` rows that lie column by column, `stride` bytes a column; ties to the lowest. `scale` holds 1 / sd for the
 * comparison in 32-bit floats, `sd` decides where that can't tell. Writes labels (i32) and, unless 0, squared distances (f64).
 */
export function predict(
  d: i32,
  k: i32,
  rows: i32,
  columns: usize,
  stride: usize,
  mean: usize,
  sd: usize,
  scale: usize,
  model: usize,
  labels: usize,
  squares: usize,
): void {
  const list = model + candidatesAt(d, k);
  const weights = model + weightsAt(d, k);
  const tile = model + tileAt(d, k);
  const leads = tile + <usize>d * TILE_STRIDE;
  for (let c = 0; c < k; c++) store<i32>(list + ((<usize>c) << 2), c);
  for (let first = 0; first < rows; first += BLOCK) {
    const at = columns + ((<usize>first) << 3);
    const out = labels + ((<usize>first) << 2);
    const margin = f32x4.splat(standardise(d, k, at, stride, mean, scale, model, tile));
    compareTile(d, k, weights, tile, out, leads);
    const valid = min(rows - first, BLOCK);
    for (let row = 0; row < valid; row += 4) {
      let open = i32x4.bitmask(f32x4.gt(v128.load(leads + ((<usize>row) << 2)), margin)) ^ 15;
      for (; open != 0; open &= open - 1) {
        const place = <usize>(row + ctz(open));
        const nearest = exactNearest(d, k, list, at + (place << 3), stride, mean, sd, model);
        store<i32>(out + (place << 2), nearest);
      }
    }
  }
  if (squares == 0) return;
  for (let row = 0; row < rows; row++) {
    const centroid = model + ((<usize>(load<i32>(labels + ((<usize>row) << 2)) * d)) << 3);
    const at = (<usize>row) << 3;
    store<f64>(squares + at, exactSquare(d, columns + at, stride, mean, sd, centroid));
  }
}

/** Writes 64 rows, standardised, as 32-bit floats; returns by how much the difference of two scores may be off. */
function standardise(
  d: i32,
  k: i32,
  block: usize,
  stride: usize,
  mean: usize,
  scale: usize,
  model: usize,
  tile: usize,
): f32 {
  const reach = model + reachAt(d, k);
  const positive = i32x4.splat(0x7fffffff);
  let spread: f32 = 0;
  for (let j: usize = 0; j < <usize>d; j++) {
    const centre = v128.load64_splat(mean + (j << 3));
    const factor = v128.load64_splat(scale + (j << 3));
    let largest = i32x4.splat(0); // of |z| as bits, which are in order; those of a NaN are above all others, and make doubles decide
    for (let byte: usize = 0; byte < 512; byte += 32) {
      const a = f64x2.mul(f64x2.sub(v128.load(block + byte), centre), factor);
      const b = f64x2.mul(f64x2.sub(v128.load(block + byte, 16), centre), factor);
      const z = v128.shuffle<i64>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2);
      largest = i32x4.max_u(largest, v128.and(z, positive));
      v128.store(tile + (byte >> 1), z);
    }
    largest = i32x4.max_u(largest, v128.shuffle<i64>(largest, largest, 1, 0));
    const peak = max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1));
    spread += peak * load<f32>(reach + (j << 2));
    block += stride;
    tile += TILE_STRIDE;
  }
  return (<f32>d * 2 + 16) * ROUNDING * (load<f32>(reach + ((<usize>d) << 2)) + 2 * spread + LEAST);
}
