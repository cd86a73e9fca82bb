import { compareTile, TILE_STRIDE } from './compare';
import { exactSquare, nearestOf } from './exact';
import {
  BLOCK,
  candidatesAt,
  LEAST,
  movesAt,
  ROUNDING,
  reachAt,
  tileAt,
  weightsAt,
  winnersAt,
} from './layout';
import { prepareScores } from './score-functions';
import { compareScores } from './scores';

/** Of 64 rows so many that whole numbers can't tell are better compared in floats. */
const MANY: i32 = 16;

/** Centroids whose numbers fit a byte. */
const BYTE: i32 = 256;

/**
 * Nearest centroid of `rows` rows that lie column by column, `stride` bytes a column; ties to the lowest. `scale` holds 1 / sd for
 * comparisons, `sd` decides where these can't tell. Writes labels, of 8 bits up to 256 centroids and of 16 beyond, up to whole blocks,
 * and, unless 0, squared distances (f64). Reads whole blocks of every column.
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
  const winners = model + winnersAt(d, k);
  const ready = prepareScores(d, k, mean, scale, model);
  const width: usize = k > BYTE ? 2 : 1;
  for (let c = 0; c < k; c++) store<i32>(list + ((<usize>c) << 2), c);
  for (let first = 0; first < rows; first += BLOCK) {
    const at = columns + ((<usize>first) << 3);
    let open = ready ? compareScores(d, k, at, stride, model, winners) : u64.MAX_VALUE;
    if (<i32>popcnt(open) > MANY) open = compareFloats(d, k, at, stride, mean, scale, model, winners);
    const valid = min(rows - first, BLOCK);
    if (valid < BLOCK) open &= ((<u64>1) << valid) - 1;
    for (; open != 0; open &= open - 1) {
      const row = <usize>ctz(open);
      store<u16>(
        winners + (row << 1),
        nearestOf(d, k, list, at + (row << 3), stride, mean, sd, scale, model),
      );
    }
    writeLabels(labels + <usize>first * width, winners, width);
  }
  if (squares == 0) return;
  for (let row = 0; row < rows; row++) {
    const label =
      width == 1 ? <i32>load<u8>(labels + <usize>row) : <i32>load<u16>(labels + ((<usize>row) << 1));
    const at = (<usize>row) << 3;
    const centroid = model + ((<usize>(label * d)) << 3);
    store<f64>(squares + at, exactSquare(d, columns + at, stride, mean, sd, centroid));
  }
}

/** As `compareScores`, in 32-bit floats; rows of any size. */
function compareFloats(
  d: i32,
  k: i32,
  block: usize,
  stride: usize,
  mean: usize,
  scale: usize,
  model: usize,
  winners: usize,
): u64 {
  const tile = model + tileAt(d, k);
  const leads = tile + <usize>d * TILE_STRIDE;
  let wide = model + movesAt(d, k);
  const margin = f32x4.splat(standardise(d, k, block, stride, mean, scale, model, tile));
  compareTile(d, k, model + weightsAt(d, k), tile, wide, leads);
  let open: u64 = 0;
  for (let row: usize = 0; row < <usize>BLOCK; row += 8, wide += 32) {
    v128.store(winners + (row << 1), i16x8.narrow_i32x4_u(v128.load(wide), v128.load(wide, 16)));
    const ahead = leads + (row << 2);
    const low = i32x4.bitmask(f32x4.gt(v128.load(ahead), margin));
    const high = i32x4.bitmask(f32x4.gt(v128.load(ahead, 16), margin));
    open |= (<u64>(255 ^ (low | (high << 4)))) << row;
  }
  return open;
}

function writeLabels(labels: usize, winners: usize, width: usize): void {
  if (width == 2) {
    memory.copy(labels, winners, 2 * BLOCK);
    return;
  }
  for (let row: usize = 0; row < <usize>BLOCK; row += 16) {
    const at = winners + (row << 1);
    v128.store(labels + row, i8x16.narrow_i16x8_u(v128.load(at), v128.load(at, 16)));
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
