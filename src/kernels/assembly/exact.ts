/** By what share of it and of |c|², and of one more per feature, a square may be off that products with 1 / sd made. */
const DOUBLE_ROUNDING: f64 = 1e-14;

/** Smaller squares have lost digits. */
const LEAST_SQUARE: f64 = 1e-290;

/**
 * Squared distance of a row to a centroid, in the arithmetic that every other way of finding it must agree with: z = (x - mean) / sd,
 * then the squares of z - c added in the order of the features. The row's values lie `stride` bytes apart.
 */
export function exactSquare(d: i32, row: usize, stride: usize, mean: usize, sd: usize, centroid: usize): f64 {
  let sum: f64 = 0;
  for (let j = 0; j < d; j++) {
    const at = (<usize>j) << 3;
    const gap = (load<f64>(row) - load<f64>(mean + at)) / load<f64>(sd + at) - load<f64>(centroid + at);
    sum += gap * gap;
    row += stride;
  }
  return sum;
}

/** The nearest of listed centroids, in that arithmetic; of equally near ones the lowest. */
export function exactNearest(
  d: i32,
  count: i32,
  list: usize,
  row: usize,
  stride: usize,
  mean: usize,
  sd: usize,
  centroids: usize,
): i32 {
  let nearest = load<i32>(list);
  let least = f64.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const c = load<i32>(list + ((<usize>i) << 2));
    const square = exactSquare(d, row, stride, mean, sd, centroids + ((<usize>(c * d)) << 3));
    if (square < least) {
      least = square;
      nearest = c;
    }
  }
  return nearest;
}

/** As `exactNearest` of all k centroids (`list`), sooner: by products with 1 / sd (`scale`), and only where these can't tell by divisions. */
export function nearestOf(
  d: i32,
  k: i32,
  list: usize,
  row: usize,
  stride: usize,
  mean: usize,
  sd: usize,
  scale: usize,
  centroids: usize,
): i32 {
  let least = f64.POSITIVE_INFINITY;
  let next = least;
  let nearest = 0;
  let farthest: f64 = 0;
  let centroid = centroids;
  for (let c = 0; c < k; c++) {
    let square: f64 = 0;
    let norm: f64 = 0;
    let at = row;
    for (let j: usize = 0; j < (<usize>d) << 3; j += 8, at += stride, centroid += 8) {
      const coordinate = load<f64>(centroid);
      const gap = (load<f64>(at) - load<f64>(mean + j)) * load<f64>(scale + j) - coordinate;
      square += gap * gap;
      norm += coordinate * coordinate;
    }
    farthest = max(farthest, norm);
    next = min(next, max(least, square));
    if (square < least) {
      least = square;
      nearest = c;
    }
  }
  const doubt = DOUBLE_ROUNDING * <f64>(d + 2) * (next + farthest);
  if (next > LEAST_SQUARE && next - least > doubt) return nearest;
  return exactNearest(d, k, list, row, stride, mean, sd, centroids);
}
