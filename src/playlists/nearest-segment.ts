/**
 * The segment whose centre is nearest, of equally near ones the lower: with the arithmetic of `predictOne`, without its report (a test
 * compares both).
 *
 * @param z a track in standard deviations
 * @param centroids k × d, row by row
 */
export function nearestSegment(z: Float64Array, centroids: Float64Array): number {
  const d = z.length;
  let nearest = 0;
  let least = Infinity;
  for (let at = 0; at < centroids.length; at += d) {
    let square = 0;
    for (let j = 0; j < d; j += 1) {
      const difference = z[j]! - centroids[at + j]!;
      square += difference * difference;
    }
    if (square < least) {
      least = square;
      nearest = at / d;
    }
  }
  return nearest;
}
