/** Writes `count` rows that lie column by column, as (x - centre) · factor, one after another. */
export function normalise(
  d: i32,
  count: i32,
  columns: usize,
  stride: usize,
  centre: usize,
  factor: f64,
  rows: usize,
): void {
  for (let j = 0; j < d; j++) {
    const middle = load<f64>(centre + ((<usize>j) << 3));
    let out = rows + ((<usize>j) << 3);
    for (let i = 0; i < count; i++, out += (<usize>d) << 3) {
      store<f64>(out, (load<f64>(columns + ((<usize>i) << 3)) - middle) * factor);
    }
    columns += stride;
  }
}

/** Copies listed rows into a tile (distances.ts), as 32-bit floats or as doubles. */
function gather<T>(d: i32, rows: usize, list: usize, count: i32, tile: usize): void {
  const lanes = <i32>(16 / sizeof<T>());
  for (let i = 0; i < count; i++, list += 4) {
    let from = rows + ((<usize>load<i32>(list) * <usize>d) << 3);
    let to = tile + ((<usize>(i / lanes) * <usize>d) << 4) + <usize>(i % lanes) * sizeof<T>();
    for (let j = 0; j < d; j++, from += 8, to += 16) store<T>(to, <T>load<f64>(from));
  }
}

export function gather32(d: i32, rows: usize, list: usize, count: i32, tile: usize): void {
  gather<f32>(d, rows, list, count, tile);
}

export function gather64(d: i32, rows: usize, list: usize, count: i32, tile: usize): void {
  gather<f64>(d, rows, list, count, tile);
}

/** Lists the rows of a tile by label: `next` holds the place of each label's next row in `list`. */
export function listByLabel(count: i32, labels: usize, next: usize, list: usize): void {
  for (let row = 0; row < count; row++) {
    const at = next + ((<usize>load<i32>(labels + ((<usize>row) << 2))) << 2);
    const place = load<i32>(at);
    store<i32>(list + ((<usize>place) << 2), row);
    store<i32>(at, place + 1);
  }
}

/** Copies rows to the places that `next` holds for their labels, and the rows' numbers, which start at `first`, likewise. */
export function deal(
  d: i32,
  count: i32,
  rows: usize,
  labels: usize,
  first: i32,
  next: usize,
  packed: usize,
  numbers: usize,
): void {
  const bytes = (<usize>d) << 3;
  for (let row = 0; row < count; row++, rows += bytes) {
    const at = next + ((<usize>load<i32>(labels + ((<usize>row) << 2))) << 2);
    const place = load<i32>(at);
    store<i32>(at, place + 1);
    memory.copy(packed + <usize>place * bytes, rows, bytes);
    store<i32>(numbers + ((<usize>place) << 2), first + row);
  }
}

/** Copies listed rows in the order of the list, as doubles and as 32-bit floats. */
export function arrange(d: i32, count: i32, packed: usize, list: usize, rows: usize, floats: usize): void {
  for (let i = 0; i < count; i++, list += 4) {
    let from = packed + ((<usize>load<i32>(list) * <usize>d) << 3);
    for (let j = 0; j < d; j++, from += 8, rows += 8, floats += 4) {
      const value = load<f64>(from);
      store<f64>(rows, value);
      store<f32>(floats, <f32>value);
    }
  }
}
