/** Rows per block. */
export const BLOCK: i32 = 64;

/** Rows whose quantised values lie together. */
export const GROUP: i32 = 16;

/** Label of a row that has none yet. */
export const NO_LABEL: u32 = 0xffff;

/** Half a unit in the last place of a 32-bit float at 1. */
export const ROUNDING: f32 = 5.9604644775390625e-8;

/** What a score may lose to rounding however small it is, in units of ROUNDING: 32-bit floats end at 1e-45, times 65,535 steps. */
export const LEAST: f32 = 7.7e-34;

/** Steps of a quantised value: it lies in 0 to 65535 across its block's box. */
export const STEPS: f32 = 65535;

/** Steps of Lloyd's algorithm whose centroids are remembered; a power of two. */
export const HISTORY: i32 = 32;

/** Bytes of one block of values: row after row, d doubles each. */
export function valuesOf(d: i32): usize {
  return (<usize>d) << 9;
}

/** Bytes of one block of quantised values: per group, feature after feature, 16 16-bit integers. */
export function quantisedOf(d: i32): usize {
  return (<usize>d) << 7;
}

/** Bytes of one block's box: centre of every feature, then half width of every feature. */
export function boxOf(d: i32): usize {
  return (<usize>d) << 3;
}

/** k, filled up to whole vectors of four. */
export function padded(k: i32): i32 {
  return (k + 3) & ~3;
}

function align(bytes: usize): usize {
  return (bytes + 15) & ~15;
}

/** Bytes of one remembered step: norms |c|², then the centroids, feature by feature, as 32-bit floats. */
export function stepBytes(d: i32, k: i32): usize {
  return (<usize>((d + 1) * padded(k))) << 2;
}

/**
 * Where the parts of a model lie behind its address: k × d centroids as doubles, which the caller writes; then what `prepare` makes
 * of them, and scratch. First the remembered steps, in a ring.
 */
export function historyAt(d: i32, k: i32): usize {
  return align((<usize>(d * k)) << 3);
}

/** Largest |c_j| of every feature, then the largest |c|². */
export function reachAt(d: i32, k: i32): usize {
  return historyAt(d, k) + <usize>HISTORY * stepBytes(d, k);
}

/** Per centroid |c|² and -2 c_j: the score |c|² - 2 x·c as a linear function. */
export function weightsAt(d: i32, k: i32): usize {
  return align(reachAt(d, k) + ((<usize>(d + 1)) << 2));
}

/** Scratch: a score per centroid. */
export function scoresAt(d: i32, k: i32): usize {
  return align(weightsAt(d, k) + ((<usize>((d + 1) * k)) << 2));
}

/** Scratch: the candidates of a block. */
export function candidatesAt(d: i32, k: i32): usize {
  return scoresAt(d, k) + ((<usize>padded(k)) << 2);
}

/** Scratch: 64 rows as columns of 32-bit floats, and a float for each. */
export function tileAt(d: i32, k: i32): usize {
  return align(candidatesAt(d, k) + ((<usize>padded(k)) << 2));
}

/** Scratch: a linear function per candidate. */
export function functionsAt(d: i32, k: i32): usize {
  return tileAt(d, k) + ((<usize>(d + 1)) << 8);
}

/** Scratch: up to 16 vectors of four rows of a block. */
export function vectorsAt(d: i32, k: i32): usize {
  return align(functionsAt(d, k) + ((<usize>((d + 1) * k)) << 2));
}

/** Scratch: the nearest centroids of those rows. */
export function winnersAt(d: i32, k: i32): usize {
  return vectorsAt(d, k) + 80;
}

/** Scratch: the moves of a part's rows from one segment to another. */
export function movesAt(d: i32, k: i32): usize {
  return winnersAt(d, k) + 256;
}

/** Bytes of a model with its scratch, for parts of so many rows. */
export function modelBytes(d: i32, k: i32, rows: i32): usize {
  return movesAt(d, k) + ((<usize>rows) << 3);
}

/**
 * What is remembered of a block between the steps of a fit, 16 bytes: the drift up to which its labels stand (f32), the drift up to which
 * no other centroid becomes a candidate (f32), the candidates (bits, 0 where unknown), and the step that its rows' leads are from.
 */
export const MEMORY: usize = 16;
export const OUT_LIMIT: usize = 4;
export const CANDIDATES: usize = 8;
export const SINCE: usize = 12;
