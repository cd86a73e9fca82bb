import { type Blocks, openBlocks } from '../blocks.js';
import type { Team } from '../team.js';
import { boundBlocks } from './build.js';

/** Finds the boxes of blocks whose rows are in place and whose scale is set. */
export function bound({ blocks }: { readonly blocks: Blocks }, team: Team): null {
  boundBlocks(blocks, openBlocks(blocks, team.rank), team);
  team.barrier();
  return null;
}
