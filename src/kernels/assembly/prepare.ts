import { HISTORY, historyAt, padded, reachAt, stepBytes, weightsAt } from './layout';

/** Where a step's centroids are remembered. */
export function stepAt(d: i32, k: i32, model: usize, step: i32): usize {
  return model + historyAt(d, k) + <usize>(step & (HISTORY - 1)) * stepBytes(d, k);
}

/** Makes a model of its centroids, as those of one step of a fit (0 elsewhere). Lanes beyond k are infinitely far. */
export function prepare(d: i32, k: i32, model: usize, step: i32): void {
  const lanes = padded(k);
  const norms = stepAt(d, k, model, step);
  const transposed = norms + ((<usize>lanes) << 2);
  const reach = model + reachAt(d, k);
  const weights = model + weightsAt(d, k);
  let largest: f32 = 0;
  for (let c = 0; c < lanes; c++) {
    const weight = weights + ((<usize>(c * (d + 1))) << 2);
    let norm: f64 = 0;
    for (let j = 0; j < d; j++) {
      const value = c < k ? load<f64>(model + ((<usize>(c * d + j)) << 3)) : 0;
      store<f32>(transposed + ((<usize>(j * lanes + c)) << 2), <f32>value);
      if (c < k) store<f32>(weight + ((<usize>j) << 2), <f32>(-2 * value), 4);
      norm += value * value;
    }
    store<f32>(norms + ((<usize>c) << 2), c < k ? <f32>norm : f32.POSITIVE_INFINITY);
    if (c >= k) continue;
    store<f32>(weight, <f32>norm);
    largest = max(largest, <f32>norm);
  }
  for (let j = 0; j < d; j++) {
    let farthest: f32 = 0;
    for (let c = 0; c < k; c++) {
      farthest = max(farthest, abs(load<f32>(transposed + ((<usize>(j * lanes + c)) << 2))));
    }
    store<f32>(reach + ((<usize>j) << 2), farthest);
  }
  store<f32>(reach + ((<usize>d) << 2), largest);
}
