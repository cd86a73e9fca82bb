import { closeSync, openSync, writeSync } from 'node:fs';
import { columnIndex } from '#segue/catalogue/synthetic/columns.js';
import { CLEAN } from '#segue/catalogue/synthetic/dirt.js';
import { drawsOf } from '#segue/catalogue/synthetic/draws.js';
import { FITTED_MODEL } from '#segue/catalogue/synthetic/fitted.js';
import type { ModelColumn } from '#segue/catalogue/synthetic/model.js';
import { tracksOf } from '#segue/catalogue/synthetic/track.js';
import { allocateColumns, type Columns } from '#segue/core/columns.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';

const NAMES = SPOTIFY_FEATURES.features.map(({ name }) => name);

/** Features of synthetic tracks, in their units, as `segue generate` draws them; the same seed gives the same rows. */
export function syntheticFeatures(rows: number, seed: number): Columns {
  const columns = allocateColumns(NAMES, rows);
  const drawTrack = tracksOf(FITTED_MODEL, CLEAN, drawsOf(seed));
  const places = NAMES.map((name) => columnIndex(name as ModelColumn));
  for (let row = 0; row < rows; row += 1) {
    const { values } = drawTrack(row);
    columns.data.forEach((column, j) => {
      column[row] = values[places[j]!]!;
    });
  }
  return columns;
}

/** Writes columns as float64, one after the other. */
export function writeColumns(file: string, { data }: Columns): void {
  const handle = openSync(file, 'w');
  try {
    for (const column of data) {
      const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at, bytes.length - at);
    }
  } finally {
    closeSync(handle);
  }
}
