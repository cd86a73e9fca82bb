import type { DatasetFiles } from '../core/home.js';
import { openDatabase } from '../engine/duckdb/database.js';
import type { Model } from '../models/format.js';
import { type BlockOrder, orderInBlocks } from './block-order.js';
import { idTable } from './id-table.js';
import { writeIndex } from './index-file.js';
import { nearestSegment } from './nearest-segment.js';
import { type ReadTracks, readCatalogue } from './read-catalogue.js';
import { searchTexts } from './search-text.js';
import { standardScore } from './standard-score.js';
import { reordered } from './texts.js';

export interface BuildOptions {
  readonly dataset: DatasetFiles;
  readonly model: Model;
  /** Most tracks that it may hold. */
  readonly limit: number;
  readonly scratch: string;
}

/** One thread and little memory: the service next door goes on answering. */
const ENGINE = { memoryLimit: '512MB', threads: 1 };

/** Makes the index of a dataset. The same dataset, model and limit give the same bytes. */
export async function buildIndex({ dataset, model, limit, scratch }: BuildOptions): Promise<Buffer> {
  const features = model.contract.features.map(({ name }) => name);
  const database = await openDatabase({ scratch, ...ENGINE });
  let read: ReadTracks;
  try {
    read = await readCatalogue(database, dataset, features, limit);
  } finally {
    await database.close();
  }
  const { mean, sd } = model.scaler;
  const z = read.features.map((column, j) => column.map((value) => standardScore(value, mean[j]!, sd[j]!)));
  const order = orderInBlocks(z, segmentsOf(model, z, read.tracks), model.centroids.length);
  const ids = reordered(read.ids, order.rows);
  const names = reordered(read.names, order.rows);
  const [searchNames, searchArtists] = [searchTexts(names), searchTexts(read.artistNames)];
  const moved = <T extends Float64Array | Uint32Array>(column: T): T =>
    column.map((_, i) => column[order.rows[i]!]!) as T;
  return writeIndex(
    {
      model_version: model.version,
      features,
      mean,
      sd,
      centroids: model.centroids,
      limit,
      tracks: read.tracks,
      catalogue_tracks: read.catalogueTracks,
      left_out: read.leftOut,
    },
    {
      features: rowByRow(read.features, order.rows),
      popularity: moved(read.popularity),
      years: moved(read.years),
      boxes: boxesOf(z, order),
      blockRows: order.blockRows,
      segmentBlocks: order.segmentBlocks,
      artists: moved(read.artists),
      artistKeys: read.artistKeys,
      songs: moved(read.songs),
      genres: moved(read.genres),
      idSlots: idTable(ids),
      idEnds: ids.ends,
      nameEnds: names.ends,
      artistEnds: read.artistNames.ends,
      genreEnds: read.genreNames.ends,
      idBytes: ids.bytes,
      nameBytes: names.bytes,
      artistBytes: read.artistNames.bytes,
      genreBytes: read.genreNames.bytes,
      searchNameEnds: searchNames.ends,
      searchArtistEnds: searchArtists.ends,
      searchNameBytes: searchNames.bytes,
      searchArtistBytes: searchArtists.bytes,
    },
  );
}

function segmentsOf({ centroids }: Model, columns: readonly Float64Array[], tracks: number): Uint16Array {
  const flat = Float64Array.from(centroids.flat());
  const z = new Float64Array(columns.length);
  const segments = new Uint16Array(tracks);
  for (let row = 0; row < tracks; row += 1) {
    for (let j = 0; j < z.length; j += 1) z[j] = columns[j]![row]!;
    segments[row] = nearestSegment(z, flat);
  }
  return segments;
}

/** Bounds of each block in each feature, in standard deviations. */
function boxesOf(z: readonly Float64Array[], { rows, blockRows }: BlockOrder): Float64Array {
  const d = z.length;
  const blocks = blockRows.length - 1;
  const boxes = new Float64Array(2 * d * blocks);
  for (let b = 0; b < blocks; b += 1) {
    const at = 2 * d * b;
    boxes.fill(Infinity, at, at + d).fill(-Infinity, at + d, at + 2 * d);
    for (let i = blockRows[b]!; i < blockRows[b + 1]!; i += 1) {
      for (let j = 0; j < d; j += 1) {
        const value = z[j]![rows[i]!]!;
        if (value < boxes[at + j]!) boxes[at + j] = value;
        if (value > boxes[at + d + j]!) boxes[at + d + j] = value;
      }
    }
  }
  return boxes;
}

function rowByRow(columns: readonly Float64Array[], order: Uint32Array): Float64Array {
  const d = columns.length;
  const all = new Float64Array(order.length * d);
  columns.forEach((column, j) => {
    for (let i = 0; i < order.length; i += 1) all[i * d + j] = column[order[i]!]!;
  });
  return all;
}
