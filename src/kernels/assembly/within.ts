/**
 * Adds the squared distance of every row to the centroid of its segment to that segment's sum (f64 each). `scale` holds 1 / sd: the
 * last digit of a distance may differ from the one that decides labels.
 */
export function within(
  d: i32,
  rows: i32,
  values: usize,
  labels: usize,
  mean: usize,
  scale: usize,
  centroids: usize,
  sums: usize,
): void {
  const width = (<usize>d) << 3;
  let label = <usize>load<u16>(labels);
  let even = f64x2.splat(0);
  let odd: f64 = 0;
  for (let row = 0; row < rows; row++) {
    const own = <usize>load<u16>(labels + ((<usize>row) << 1));
    if (own != label) {
      addTo(sums, label, even, odd);
      even = f64x2.splat(0);
      odd = 0;
      label = own;
    }
    const centroid = centroids + own * width;
    let at: usize = 0;
    for (; at + 8 < width; at += 16) {
      const z = f64x2.mul(f64x2.sub(v128.load(values + at), v128.load(mean + at)), v128.load(scale + at));
      const gap = f64x2.sub(z, v128.load(centroid + at));
      even = f64x2.add(even, f64x2.mul(gap, gap));
    }
    if (at < width) {
      const z = (load<f64>(values + at) - load<f64>(mean + at)) * load<f64>(scale + at);
      const gap = z - load<f64>(centroid + at);
      odd += gap * gap;
    }
    values += width;
  }
  addTo(sums, label, even, odd);
}

function addTo(sums: usize, label: usize, even: v128, odd: f64): void {
  const at = sums + (label << 3);
  store<f64>(at, load<f64>(at) + (f64x2.extract_lane(even, 0) + f64x2.extract_lane(even, 1) + odd));
}
