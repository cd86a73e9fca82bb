import type { Cluster } from '../../engine/cluster.js';
import type { RowCounts } from '../report.js';
import type { Rule } from '../rules.js';
import { REASON, TEST } from '../stage.js';

/** Counts judged rows by their reason, and those kept by their side. */
export async function countJudged(
  cluster: Cluster,
  judged: string,
  rules: readonly Rule[],
): Promise<Pick<RowCounts, 'kept' | 'rejected'> & { readonly train: number; readonly test: number }> {
  const counted = await cluster.rows(
    `SELECT ${REASON} AS code, ${TEST} AS test, count(*) AS rows FROM ${judged} GROUP BY ${REASON}, ${TEST}`,
  );
  const sum = (code: number, side?: boolean): number =>
    counted
      .filter((row) => Number(row['code']) === code && (side === undefined || row['test'] === side))
      .reduce((total, row) => total + Number(row['rows']), 0);
  const rejected = rules.map(({ reason }, i) => [reason, sum(i + 1)] as const).filter(([, rows]) => rows > 0);
  return {
    kept: sum(0),
    rejected: Object.fromEntries(rejected),
    train: sum(0, false),
    test: sum(0, true),
  };
}
