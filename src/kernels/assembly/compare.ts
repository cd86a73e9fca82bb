/** Bytes from feature to feature of a tile: 64 rows as 32-bit floats. */
export const TILE_STRIDE: usize = 256;

/**
 * Compares the scores of k centroids, |c|² - 2 x·c, for the 64 rows of a tile. Writes the nearest one of each row (i32) to `winners`, of
 * equally near ones the lowest, and by how much its score is below the next one's (f32) to `leads`.
 */
export function compareTile(d: i32, k: i32, weights: usize, tile: usize, winners: usize, leads: usize): void {
  const one = i32x4.splat(1);
  const last = weights + <usize>(k * (d + 1)) * 4;
  for (const end = tile + TILE_STRIDE; tile < end; tile += 16, winners += 16, leads += 16) {
    let best = f32x4.splat(f32.POSITIVE_INFINITY);
    let second = best;
    let nearest = i32x4.splat(0);
    let centroid = nearest;
    if (d == 5) {
      const x0 = v128.load(tile);
      const x1 = v128.load(tile, 256);
      const x2 = v128.load(tile, 512);
      const x3 = v128.load(tile, 768);
      const x4 = v128.load(tile, 1024);
      for (let at = weights; at < last; at += 24) {
        const a = f32x4.add(v128.load32_splat(at), f32x4.mul(x0, v128.load32_splat(at, 4)));
        const b = f32x4.mul(x1, v128.load32_splat(at, 8));
        const c = f32x4.add(a, f32x4.mul(x2, v128.load32_splat(at, 12)));
        const e = f32x4.add(b, f32x4.mul(x3, v128.load32_splat(at, 16)));
        const score = f32x4.add(f32x4.add(c, f32x4.mul(x4, v128.load32_splat(at, 20))), e);
        const nearer = f32x4.lt(score, best);
        second = f32x4.pmin(second, f32x4.pmax(best, score));
        best = f32x4.pmin(best, score);
        nearest = v128.bitselect(centroid, nearest, nearer);
        centroid = i32x4.add(centroid, one);
      }
    } else {
      for (let at = weights; at < last; at += 4) {
        let score = v128.load32_splat(at);
        for (let j: usize = 0; j < <usize>d; j++) {
          at += 4;
          score = f32x4.add(score, f32x4.mul(v128.load(tile + (j << 8)), v128.load32_splat(at)));
        }
        const nearer = f32x4.lt(score, best);
        second = f32x4.pmin(second, f32x4.pmax(best, score));
        best = f32x4.pmin(best, score);
        nearest = v128.bitselect(centroid, nearest, nearer);
        centroid = i32x4.add(centroid, one);
      }
    }
    v128.store(winners, nearest);
    v128.store(leads, f32x4.sub(second, best));
  }
}
