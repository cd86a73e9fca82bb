import { type Blocks, eachPart, openBlocks } from '../blocks.js';
import type { Team } from '../team.js';

/** Gives segments other numbers. */
export interface RenumberJob {
  readonly blocks: Blocks;
  /** For each number the new one. */
  readonly numbers: readonly number[];
}

export function renumber({ blocks, numbers }: RenumberJob, team: Team): null {
  const to = Uint16Array.from(numbers);
  eachPart(openBlocks(blocks, team.rank), team.claim, ({ memory, labels }, row, rows) => {
    const own = new Uint16Array(memory.buffer, labels + 2 * row, rows);
    for (let i = 0; i < rows; i++) own[i] = to[own[i]!]!;
  });
  team.barrier();
  return null;
}
