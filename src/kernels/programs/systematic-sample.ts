import { type Blocks, eachPart, openBlocks } from '../blocks.js';
import type { Team } from '../team.js';

/** Draws one row in sixteen. */
export interface SystematicSampleJob {
  readonly blocks: Blocks;
  /** Out, per feature: the values of the rows that were drawn, in their units. */
  readonly columns: readonly Float64Array<SharedArrayBuffer>[];
}

const INTERVAL = 16;

/** Rows that are drawn of so many. */
export function sampledRows(rows: number): number {
  return Math.floor(rows / INTERVAL);
}

/**
 * Draws every sixteenth row along the curve that the rows are sorted by: every region is represented by its share of the rows, which a
 * random sample would miss by chance (systematic sampling: Cochran, "Sampling techniques", 1977).
 */
export function systematicSample({ blocks, columns }: SystematicSampleJob, team: Team): null {
  const d = blocks.features;
  eachPart(openBlocks(blocks, team.rank), team.claim, ({ floats, first, values }, row, rows) => {
    for (let from = row; from + INTERVAL <= row + rows; from += INTERVAL) {
      const at = values / 8 + (from + INTERVAL / 2) * d;
      columns.forEach((column, j) => {
        column[(first + from) / INTERVAL] = floats[at + j]!;
      });
    }
  });
  team.barrier();
  return null;
}
