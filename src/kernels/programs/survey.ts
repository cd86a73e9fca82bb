import { type Blocks, type OpenShard, openBlocks } from '../blocks.js';
import { addMoments, MOMENTS, noMoments, type RunningMoments } from '../moments.js';
import { TILE } from '../sizes.js';
import type { Team } from '../team.js';
import { loadTile, TILE_STRIDE, type Tile, tileOf } from '../tile.js';

/** Moments of columns, tile by tile. */
export interface SurveyJob {
  /** Only its scratch is used. */
  readonly blocks: Blocks;
  readonly columns: readonly Float64Array<SharedArrayBuffer>[];
  readonly moments: TileMoments;
}

/** Per tile and feature what the kernel `moments` writes. */
export type TileMoments = Float64Array<SharedArrayBuffer>;

export function allocateTileMoments(rows: number, features: number): TileMoments {
  return new Float64Array(new SharedArrayBuffer(8 * MOMENTS * features * Math.ceil(rows / TILE)));
}

export function survey({ blocks, columns, moments }: SurveyJob, team: Team): null {
  const home = openBlocks(blocks, team.rank)[0]!;
  const tile = tileOf(home, blocks);
  const rows = columns[0]!.length;
  startSurvey(home, tile, columns);
  for (let row = team.claim() * TILE; row < rows; row = team.claim() * TILE) {
    const count = Math.min(TILE, rows - row);
    loadTile(tile, columns, row, count);
    surveyTile(home, tile, row, count, moments);
  }
  team.barrier();
  return null;
}

/** Moments are found from differences to the first row. */
export function startSurvey({ floats }: OpenShard, { at }: Tile, columns: readonly Float64Array[]): void {
  floats.set(
    columns.map((column) => column[0]!),
    at.points / 8,
  );
}

/** Measures a tile that is loaded. */
export function surveyTile(
  { kernels, floats }: OpenShard,
  { at, columns }: Tile,
  row: number,
  count: number,
  moments: TileMoments,
): void {
  const features = columns.length;
  kernels.moments(features, count, at.columns, TILE_STRIDE, at.points, at.model);
  const found = floats.subarray(at.model / 8, at.model / 8 + MOMENTS * features);
  moments.set(found, (row / TILE) * MOMENTS * features);
}

/** Adds up the tiles of each feature, in their order. */
export function addTiles(moments: TileMoments, rows: number, features: number): RunningMoments[] {
  return Array.from({ length: features }, (_, j) => {
    const running = noMoments();
    for (let row = 0, at = MOMENTS * j; row < rows; row += TILE, at += MOMENTS * features) {
      addMoments(running, Math.min(TILE, rows - row), moments.subarray(at, at + MOMENTS));
    }
    return running;
  });
}
