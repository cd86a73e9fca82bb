import { z } from '../../engine/nearest-centroid.js';
import { doubleLiteral, identifier } from '../../engine/sql.js';
import type { Summaries } from '../summaries.js';
import type { Pass } from './lloyd.js';
import { bySegment, labelled, type RowsAtScale, SEGMENT } from './rows.js';

type Points = readonly (readonly number[])[];

/**
 * Summaries of a sample with what can be had of all rows in their place: mean and spread of every feature in every segment, and the rows
 * between the sample's deciles.
 *
 * @param pass with these centroids
 */
export async function withExactFigures(
  rows: RowsAtScale,
  centroids: Points,
  pass: Pass,
  { all, segments }: Summaries,
): Promise<Summaries> {
  const { mean, sd } = await featureMoments(rows, centroids, pass);
  return {
    all: { deciles: all.deciles, counts: await countBetween(rows, all.deciles) },
    segments: segments.map((segment, c) => ({ ...segment, mean: mean[c]!, sd: sd[c]! })),
  };
}

/** In the features' own units; NaN for a segment without rows. */
async function featureMoments(
  rows: RowsAtScale,
  centroids: Points,
  { sizes, sums }: Pass,
): Promise<{ readonly mean: Points; readonly sd: Points }> {
  const { names, scaler, engine } = rows;
  // differences to a point near the mean lose little to cancellation
  const gaps = names.map((_, j) => {
    const own = centroids.map((centroid, id) => `WHEN ${id} THEN ${doubleLiteral(centroid[j]!)}`);
    return `${z(j)} - CASE ${SEGMENT} ${own.join(' ')} END AS "#gap${j}"`;
  });
  const squares = names.map((_, j) => `sum("#gap${j}" * "#gap${j}") AS s${j}`);
  const of = bySegment(
    await engine.rows(`
      SELECT ${SEGMENT} AS id, ${squares.join(', ')}
      FROM (SELECT ${SEGMENT}, ${gaps.join(', ')} FROM ${labelled(rows, centroids)}) GROUP BY ${SEGMENT}`),
  );
  const means = sums.map((point, c) => point.map((total) => total / sizes[c]!));
  return {
    mean: means.map((point) => point.map((value, j) => scaler.mean[j]! + scaler.sd[j]! * value)),
    sd: means.map((point, c) =>
      point.map((value, j) => {
        const variance = of(c, `s${j}`) / sizes[c]! - (value - centroids[c]![j]!) ** 2;
        return scaler.sd[j]! * Math.sqrt(Math.max(0, variance));
      }),
    ),
  };
}

/** Rows of bin b hold edge[b-1] < x <= edge[b]; edges are the inner ones of eleven deciles. */
async function countBetween({ engine, from, names }: RowsAtScale, deciles: Points): Promise<number[][]> {
  const edges = deciles.map((eleven) => eleven.slice(1, -1));
  const counts = edges.flatMap((own, j) =>
    own.map(
      (edge, b) =>
        `count(CASE WHEN ${identifier(names[j]!)} <= ${doubleLiteral(edge)} THEN 1 END) AS c${j}_${b}`,
    ),
  );
  const [found] = await engine.rows(`SELECT count(*) AS n, ${counts.join(', ')} FROM ${from}`);
  return edges.map((own, j) => {
    const upTo = [...own.map((_, b) => Number(found![`c${j}_${b}`])), Number(found!['n'])];
    return upTo.map((count, b) => count - (upTo[b - 1] ?? 0));
  });
}
