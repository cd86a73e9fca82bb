/** Distances added up in a 32-bit float before the sum goes on in doubles: few, for the loss grows with their number. */
const SHORT: i32 = 8;

/**
 * Adds to `sums` (f64 each) the Euclidean distances of `count` rows to all `columns` rows of a tile. `list` numbers the rows among
 * `rows`, which lie one after another; the tile's lie in groups of as many as a vector holds, feature by feature.
 */
function sumRows<T>(
  d: i32,
  rows: usize,
  list: usize,
  count: i32,
  tile: usize,
  columns: i32,
  sums: usize,
): void {
  const row = <usize>d * sizeof<T>();
  for (let i = 0; i < count; i++, list += 4, sums += 8) {
    const x = rows + <usize>load<i32>(list) * row;
    const total = d == 5 ? sumFive<T>(x, tile, columns) : sumAny<T>(d, x, tile, columns);
    store<f64>(sums, load<f64>(sums) + total + sumRest<T>(d, x, tile, columns));
  }
}

export function sumRows32(
  d: i32,
  rows: usize,
  list: usize,
  count: i32,
  tile: usize,
  columns: i32,
  sums: usize,
): void {
  sumRows<f32>(d, rows, list, count, tile, columns, sums);
}

export function sumRows64(
  d: i32,
  rows: usize,
  list: usize,
  count: i32,
  tile: usize,
  columns: i32,
  sums: usize,
): void {
  sumRows<f64>(d, rows, list, count, tile, columns, sums);
}

/** Distances to the whole groups of a tile. */
function sumFive<T>(x: usize, tile: usize, columns: i32): f64 {
  const lanes = <i32>(16 / sizeof<T>());
  const x0 = v128.load_splat<T>(x);
  const x1 = v128.load_splat<T>(x + sizeof<T>());
  const x2 = v128.load_splat<T>(x + 2 * sizeof<T>());
  const x3 = v128.load_splat<T>(x + 3 * sizeof<T>());
  const x4 = v128.load_splat<T>(x + 4 * sizeof<T>());
  let total = f64x2.splat(0);
  for (let left = columns / lanes; left > 0; left -= SHORT) {
    let short = v128.splat<T>(0);
    const end = tile + <usize>min(left, SHORT) * 80;
    for (; tile < end; tile += 80) short = v128.add<T>(short, distanceFive<T>(x0, x1, x2, x3, x4, tile));
    total = f64x2.add(total, widen<T>(short));
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

function distanceFive<T>(x0: v128, x1: v128, x2: v128, x3: v128, x4: v128, tile: usize): v128 {
  const g0 = v128.sub<T>(x0, v128.load(tile));
  const g1 = v128.sub<T>(x1, v128.load(tile, 16));
  const g2 = v128.sub<T>(x2, v128.load(tile, 32));
  const g3 = v128.sub<T>(x3, v128.load(tile, 48));
  const g4 = v128.sub<T>(x4, v128.load(tile, 64));
  const a = v128.add<T>(v128.mul<T>(g0, g0), v128.mul<T>(g1, g1));
  const b = v128.add<T>(v128.mul<T>(g2, g2), v128.mul<T>(g3, g3));
  return v128.sqrt<T>(v128.add<T>(v128.add<T>(a, b), v128.mul<T>(g4, g4)));
}

function sumAny<T>(d: i32, x: usize, tile: usize, columns: i32): f64 {
  const lanes = <i32>(16 / sizeof<T>());
  let total = f64x2.splat(0);
  for (let left = columns / lanes; left > 0; left -= SHORT) {
    let short = v128.splat<T>(0);
    for (let i = min(left, SHORT); i > 0; i--) {
      short = v128.add<T>(short, distanceAny<T>(d, x, tile));
      tile += (<usize>d) << 4;
    }
    total = f64x2.add(total, widen<T>(short));
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

function distanceAny<T>(d: i32, x: usize, tile: usize): v128 {
  let square = v128.splat<T>(0);
  const end = tile + ((<usize>d) << 4);
  for (let at = x; tile < end; tile += 16, at += sizeof<T>()) {
    const gap = v128.sub<T>(v128.load_splat<T>(at), v128.load(tile));
    square = v128.add<T>(square, v128.mul<T>(gap, gap));
  }
  return v128.sqrt<T>(square);
}

function widen<T>(short: v128): v128 {
  if (sizeof<T>() == 8) return short;
  const high = v128.shuffle<i64>(short, short, 1, 0);
  return f64x2.add(f64x2.promote_low_f32x4(short), f64x2.promote_low_f32x4(high));
}

/** Distances to the last rows of a tile, which don't fill a group. */
function sumRest<T>(d: i32, x: usize, tile: usize, columns: i32): f64 {
  const lanes = <i32>(16 / sizeof<T>());
  tile += (<usize>(columns / lanes) * <usize>d) << 4;
  let total: f64 = 0;
  for (let i = columns % lanes; i > 0; i--, tile += sizeof<T>()) total += <f64>distanceOne<T>(d, x, tile);
  return total;
}

function distanceOne<T>(d: i32, x: usize, tile: usize): T {
  let square: T = 0;
  for (let j = 0; j < d; j++, tile += 16, x += sizeof<T>()) {
    const gap = load<T>(x) - load<T>(tile);
    square += gap * gap;
  }
  return sqrt<T>(square);
}

/**
 * As `sumRows32`, and adds every distance to the sum of the tile's row too (`columnSums`, f64 each). `short` is scratch: as many 32-bit
 * floats as columns.
 */
export function sumBoth(
  d: i32,
  rows: usize,
  list: usize,
  count: i32,
  tile: usize,
  columns: i32,
  sums: usize,
  columnSums: usize,
  short: usize,
): void {
  const row = (<usize>d) << 2;
  const whole = (<usize>(columns & ~3)) << 2;
  for (let first = 0; first < count; first += SHORT) {
    memory.fill(short, 0, (<usize>columns) << 2);
    for (let i = first; i < min(count, first + SHORT); i++, list += 4, sums += 8) {
      const x = rows + <usize>load<i32>(list) * row;
      let total = d == 5 ? addFive(x, tile, short, whole) : addAny(d, x, tile, short, whole);
      let at = tile + (whole >> 2) * row;
      for (let c = short + whole; c < short + ((<usize>columns) << 2); c += 4, at += 4) {
        const distance = distanceOne<f32>(d, x, at);
        total += <f64>distance;
        store<f32>(c, load<f32>(c) + distance);
      }
      store<f64>(sums, load<f64>(sums) + total);
    }
    addShort(short, columns, columnSums);
  }
}

/** Adds 32-bit floats to doubles. */
function addShort(short: usize, count: i32, sums: usize): void {
  const pairs = short + ((<usize>(count & ~1)) << 2);
  for (; short < pairs; short += 8, sums += 16) {
    v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(v128.load64_zero(short))));
  }
  if ((count & 1) != 0) store<f64>(sums, load<f64>(sums) + <f64>load<f32>(short));
}

function addFive(x: usize, tile: usize, short: usize, bytes: usize): f64 {
  const x0 = v128.load32_splat(x);
  const x1 = v128.load32_splat(x, 4);
  const x2 = v128.load32_splat(x, 8);
  const x3 = v128.load32_splat(x, 12);
  const x4 = v128.load32_splat(x, 16);
  let total = f64x2.splat(0);
  const last = short + bytes;
  while (short < last) {
    let sum = f32x4.splat(0);
    const end = min(last, short + 16 * SHORT);
    for (; short < end; short += 16, tile += 80) {
      const distance = distanceFive<f32>(x0, x1, x2, x3, x4, tile);
      sum = f32x4.add(sum, distance);
      v128.store(short, f32x4.add(v128.load(short), distance));
    }
    total = f64x2.add(total, widen<f32>(sum));
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

function addAny(d: i32, x: usize, tile: usize, short: usize, bytes: usize): f64 {
  let total = f64x2.splat(0);
  const last = short + bytes;
  while (short < last) {
    let sum = f32x4.splat(0);
    const end = min(last, short + 16 * SHORT);
    for (; short < end; short += 16, tile += (<usize>d) << 4) {
      const distance = distanceAny<f32>(d, x, tile);
      sum = f32x4.add(sum, distance);
      v128.store(short, f32x4.add(v128.load(short), distance));
    }
    total = f64x2.add(total, widen<f32>(sum));
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}
