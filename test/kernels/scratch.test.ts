import { expect, it } from 'vitest';
import { allocateBlocks, openBlocks, releaseBlocks } from '#segue/kernels/blocks.js';
import { PART } from '#segue/kernels/sizes.js';
import { tileBytes } from '#segue/kernels/tile.js';

it.each([1, 2, 3, 4, 5, 8, 13, 32])('a thread has scratch for a tile and a model of any k (d = %i)', (d) => {
  for (const k of [1, 2, 3, 4, 5, 8, 12, 33, 257, 700, 4096]) {
    const blocks = allocateBlocks(1, d, k, 2);
    const { kernels } = openBlocks(blocks, 0)[0]!;
    expect(tileBytes(d) + kernels.modelBytes(d, k, PART), `k = ${k}`).toBeLessThanOrEqual(
      blocks.scratchBytes,
    );
    releaseBlocks(blocks);
  }
});
