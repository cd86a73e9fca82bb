import type { Churn } from '../metrics.js';
import type { Comparison, SegmentMatch } from './match.js';

/** How many rows keep the permanent id of their segment, and where the others go. */
export function churnOf({ shared }: Pick<Comparison, 'shared'>, matches: readonly SegmentMatch[]): Churn {
  const rows = shared.flat().reduce((sum, count) => sum + count, 0);
  const moves = shared
    .flatMap((row, from) => row.map((count, to) => ({ from, to, rows: count })))
    .filter(({ from, to, rows: moved }) => moved > 0 && !continues(matches[to]!, from))
    .toSorted((a, b) => b.rows - a.rows || a.from - b.from || a.to - b.to);
  const moved = moves.reduce((sum, move) => sum + move.rows, 0);
  return { rows, kept_share: rows === 0 ? 1 : (rows - moved) / rows, moves };
}

function continues(match: SegmentMatch, from: number): boolean {
  return match.event !== 'born' && match.from === from;
}
