/**
 * What rows lost when they became 32-bit floats, and what that does to sums of their distances. Rows often share values, such as 0, and
 * so their rounding; over many rows that does not cancel out.
 */

/** Writes the mean loss of `count` rows, per feature. */
export function lossOf(d: i32, count: i32, rows: usize, floats: usize, loss: usize): void {
  for (let j = 0; j < d; j++) {
    let sum: f64 = 0;
    for (let i = 0; i < count; i++) {
      const at = <usize>(i * d + j);
      sum += load<f64>(rows + (at << 3)) - <f64>load<f32>(floats + (at << 2));
    }
    store<f64>(loss + ((<usize>j) << 3), sum / count);
  }
}

/**
 * About how much too short the sum of distances of row x to a segment's rows is, leaf by leaf: a distance grows by the difference of the
 * losses along its direction, and mean directions come from the moments of the leaves.
 */
export function lossTo(d: i32, x: usize, float: usize, range: usize, leaves: usize, losses: usize): f64 {
  let total: f64 = 0;
  for (let leaf = load<i32>(range); leaf < load<i32>(range, 4); leaf++) {
    const moments = leaves + ((<usize>(leaf * (d + 2))) << 3);
    let square = load<f64>(moments + ((<usize>d) << 3));
    let along: f64 = 0;
    for (let j = 0; j < d; j++) {
      const at = (<usize>j) << 3;
      const value = load<f64>(x + at);
      const gap = value - load<f64>(moments + at);
      const loss =
        value - <f64>load<f32>(float + (at >> 1)) - load<f64>(losses + ((<usize>(leaf * d)) << 3) + at);
      square += gap * gap;
      along += gap * loss;
    }
    if (square > 0) total += (load<f64>(moments + ((<usize>(d + 1)) << 3)) * along) / sqrt(square);
  }
  return total;
}
