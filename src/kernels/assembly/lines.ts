const LINE_FEED: i8 = 0x0a;
const RETURN: i8 = 0x0d;
const QUOTE: i8 = 0x22;

/**
 * Finds lines of a text, from its byte `start` on, that hold no quote, no carriage return and no NUL, and end with a line feed before byte
 * `limit`, up to the first line that isn't so. Writes where each ends (i32) and its fields (i32), of `most` lines at most, and returns how
 * many there are. Reads up to 15 bytes beyond the limit.
 */
export function plainLines(
  text: usize,
  start: i32,
  limit: i32,
  delimiter: i32,
  ends: usize,
  fields: usize,
  most: i32,
): i32 {
  const delimiters = i8x16.splat(<i8>delimiter);
  let count = 0;
  let found = 1;
  for (let at = start; at < limit; at += 16) {
    const bytes = v128.load(text + <usize>at);
    const valid = limit - at < 16 ? (1 << (limit - at)) - 1 : 0xffff;
    const quotesAndReturns = v128.or(
      i8x16.eq(bytes, i8x16.splat(QUOTE)),
      i8x16.eq(bytes, i8x16.splat(RETURN)),
    );
    const odd = i8x16.bitmask(v128.or(quotesAndReturns, i8x16.eq(bytes, i8x16.splat(0)))) & valid;
    let parting = i8x16.bitmask(i8x16.eq(bytes, delimiters)) & valid;
    let lines = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(LINE_FEED))) & valid;
    if (odd != 0) lines &= (odd & -odd) - 1;
    for (; lines != 0; lines &= lines - 1) {
      const place = ctz(lines);
      const before = (1 << place) - 1;
      const to = (<usize>count) << 2;
      store<i32>(ends + to, at + place);
      store<i32>(fields + to, found + popcnt(parting & before));
      count += 1;
      if (count == most) return count;
      parting &= ~before;
      found = 1;
    }
    if (odd != 0) return count;
    found += popcnt(parting);
  }
  return count;
}
