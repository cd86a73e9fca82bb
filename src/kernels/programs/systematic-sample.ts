import { type Blocks, eachPart, openBlocks } from '../blocks.js';
import { PART } from '../sizes.js';
import type { Team } from '../team.js';

/** Draws one row in sixteen, or fewer of many rows. */
export interface SystematicSampleJob {
  readonly blocks: Blocks;
  /** Out, per feature: the values of the rows that were drawn, in their units. */
  readonly columns: readonly Float64Array<SharedArrayBuffer>[];
}

const LEAST_INTERVAL = 16;
/** Rows of a sample where the interval is longer, up to twice as many: so its memory and its time are bounded. */
const ENOUGH_ROWS = 2 ** 16;

/** A power of two, so that parts hold whole intervals. */
function intervalOf(rows: number): number {
  const interval = 2 ** Math.floor(Math.log2(rows / ENOUGH_ROWS));
  return Math.min(PART, Math.max(LEAST_INTERVAL, interval));
}

/** Rows that are drawn of so many. */
export function sampledRows(rows: number): number {
  return Math.floor(rows / intervalOf(rows));
}

/**
 * Draws rows at equal intervals along the curve that they are sorted by: every region is represented by its share of the rows, which a
 * random sample would miss by chance (systematic sampling: Cochran, "Sampling techniques", 1977).
 */
export function systematicSample({ blocks, columns }: SystematicSampleJob, team: Team): null {
  const d = blocks.features;
  const interval = intervalOf(blocks.rows);
  eachPart(openBlocks(blocks, team.rank), team.claim, ({ floats, first, values }, row, rows) => {
    for (let from = row; from + interval <= row + rows; from += interval) {
      const at = values / 8 + (from + interval / 2) * d;
      columns.forEach((column, j) => {
        column[(first + from) / interval] = floats[at + j]!;
      });
    }
  });
  team.barrier();
  return null;
}
