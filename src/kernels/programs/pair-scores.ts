import { addPairs } from '../pairs/add.js';
import { itemsOf } from '../pairs/items.js';
import { openPairs, type PairsJob } from '../pairs/job.js';
import { findSegments, groupRows, splitSegment } from '../pairs/rows.js';
import { writeScores } from '../pairs/scores.js';
import type { Team } from '../team.js';

/** Rows whose nearest segments a thread looks for at a time. */
const ROWS_A_TURN = 256;

/**
 * Euclidean Silhouettes of all rows from distances in 32-bit floats, no pair more than once. Rows that need more care get NaN: those
 * for which more segments than there are slots may be nearest, and those that lie too far out for 32-bit floats to tell their
 * distances.
 */
export function pairScores(job: PairsJob, team: Team): null {
  const pairs = openPairs(job, team);
  const { rows } = job.source;
  if (team.rank === 0) groupRows(pairs);
  team.barrier();
  for (let c = team.claim(); c < job.k; c = team.claim()) splitSegment(pairs, c);
  team.barrier();
  for (let first = team.claim() * ROWS_A_TURN; first < rows; first = team.claim() * ROWS_A_TURN) {
    findSegments(pairs, first, Math.min(rows, first + ROWS_A_TURN));
  }
  team.barrier();
  const items = itemsOf(pairs);
  for (let i = team.claim(); i < items.length; i = team.claim()) addPairs(pairs, items[i]!);
  team.barrier();
  if (team.rank === 0) writeScores(pairs);
  return null;
}
