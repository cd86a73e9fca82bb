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
