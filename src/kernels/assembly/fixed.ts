/**
 * Adds sums to totals that are whole numbers of 1 / `scale`: whole numbers give the same total in whatever order threads come. `slots`
 * numbers the totals.
 */
export function addFixed(count: i32, sums: usize, slots: usize, scale: f64, totals: usize): void {
  for (let i = 0; i < count; i++) {
    const slot = load<i32>(slots + ((<usize>i) << 2));
    atomic.add<i64>(totals + ((<usize>slot) << 3), <i64>nearest(load<f64>(sums + ((<usize>i) << 3)) * scale));
  }
}
