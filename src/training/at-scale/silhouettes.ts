import { squaredDistance } from '../../engine/nearest-centroid.js';
import { doubleLiteral } from '../../engine/sql.js';
import { hasSilhouette, type SilhouetteScores, scoresOf } from '../silhouette-scores.js';
import type { Pass } from './lloyd.js';
import { bySegment, labelled, type RowsAtScale, SEGMENT } from './rows.js';

/** Farther than any row, and not infinite, which no literal is. */
const FAR = doubleLiteral(1e300);

/** What stands for a segment (kernels/programs/centre-scores.ts says how). */
interface Centre {
  readonly id: number;
  readonly centre: readonly number[];
  readonly spread: number;
  readonly own: number;
}

/**
 * `silhouette_simplified` and `silhouette_sqeuclidean` (centre-silhouettes.ts), by one aggregation each over rows that an engine holds. Null
 * where none is defined.
 *
 * @param centroids those that the pass was made with
 */
export async function silhouettesAtScale(
  rows: RowsAtScale,
  centroids: readonly (readonly number[])[],
  { sizes, within, sums: totals }: Pass,
): Promise<readonly [simplified: SilhouetteScores, squared: SilhouetteScores] | null> {
  if (!hasSilhouette(sizes)) return null;
  const filled = sizes.flatMap((size, id) => (size > 0 ? [id] : []));
  const simplified = filled.map((id) => ({
    id,
    centre: centroids[id]!,
    spread: 0,
    own: sizes[id]! > 1 ? 1 : 0,
  }));
  const squared = filled.map((id) => {
    const n = sizes[id]!;
    const centre = totals[id]!.map((total) => total / n);
    const shift = centre.reduce((total, c, j) => total + (c - centroids[id]![j]!) ** 2, 0);
    return { id, centre, spread: Math.max(0, within[id]! / n - shift), own: n > 1 ? n / (n - 1) : 0 };
  });
  const scores = async (
    metric: string,
    centres: readonly Centre[],
    root: boolean,
  ): Promise<SilhouetteScores> => {
    const sums = bySegment(await rows.engine.rows(scoreSql(labelled(rows, centroids), centres, root)));
    const segments = sizes.map((size, id) => (size === 0 ? null : sums(id, 'score') / size));
    return scoresOf(metric, segments, sizes);
  };
  return [
    await scores('silhouette_simplified', simplified, true),
    await scores('silhouette_sqeuclidean', squared, false),
  ];
}

function scoreSql(from: string, centres: readonly Centre[], root: boolean): string {
  const distances = centres.map(
    ({ id, centre, spread }) =>
      `${squaredDistance(centre.map(doubleLiteral))} + ${doubleLiteral(spread)} AS "#e${id}"`,
  );
  const own = centres.map(({ id, own: share }) => `WHEN ${id} THEN ${doubleLiteral(share)} * "#e${id}"`);
  const others = centres.map(({ id }) => `CASE WHEN ${SEGMENT} = ${id} THEN ${FAR} ELSE "#e${id}" END`);
  const alone = centres.filter(({ own: share }) => share === 0).map(({ id }) => id);
  const [a, b] = root ? ['sqrt("#a")', 'sqrt("#b")'] : ['"#a"', '"#b"'];
  const counted = alone.length === 0 ? '' : `AND ${SEGMENT} NOT IN (${alone.join(', ')})`;
  return `
    SELECT ${SEGMENT} AS id, sum(CASE WHEN greatest(${a}, ${b}) > 0 ${counted} THEN (${b} - ${a}) / greatest(${a}, ${b}) ELSE 0e0 END) AS score
    FROM (SELECT ${SEGMENT}, CASE ${SEGMENT} ${own.join(' ')} END AS "#a", least(${others.join(', ')}) AS "#b"
      FROM (SELECT *, ${distances.join(', ')} FROM ${from}))
    GROUP BY ${SEGMENT}`;
}
