import { rowsOfIds } from './id-table.js';
import { headIn, sectionsIn } from './index-file.js';
import type { IndexHead, Sections } from './layout.js';
import { type Texts, textAt } from './texts.js';

/** The tracks of a catalogue as flat arrays, each in its segment by one version of the model. Rows lie as `orderInBlocks` says. */
export interface TrackIndex {
  readonly head: IndexHead;
  readonly rows: number;
  readonly sections: Sections;
  readonly mean: Float64Array;
  readonly sd: Float64Array;
  /** k × d, row by row, in standard deviations. */
  readonly centroids: Float64Array;
  readonly ids: Texts;
  readonly names: Texts;
  readonly artistNames: Texts;
  readonly genreNames: Texts;
  /** Names by row, and artists' by their place, as they are searched. */
  readonly searchNames: Texts;
  readonly searchArtists: Texts;
  /** First row of each segment, and the end. */
  readonly segmentRows: Uint32Array;
  /** Least and largest of each feature, in standard deviations. */
  readonly range: { readonly low: Float64Array; readonly high: Float64Array };
}

/** A track as answers show it. */
export interface Track {
  readonly track_id: string;
  readonly artist_name: string | null;
  readonly track_name: string | null;
  readonly genre: string | null;
  readonly popularity: number | null;
  readonly features: Readonly<Record<string, number>>;
  readonly cluster_id: number;
}

/** Lays an index out over the bytes of its file, which have been checked. */
export function openIndex(memory: SharedArrayBuffer): TrackIndex {
  const head = headIn(memory);
  const sections = sectionsIn(memory, head);
  return {
    head,
    rows: head.tracks,
    sections,
    mean: Float64Array.from(head.mean),
    sd: Float64Array.from(head.sd),
    centroids: Float64Array.from(head.centroids.flat()),
    ids: textsIn(sections.idEnds, sections.idBytes),
    names: textsIn(sections.nameEnds, sections.nameBytes),
    artistNames: textsIn(sections.artistEnds, sections.artistBytes),
    genreNames: textsIn(sections.genreEnds, sections.genreBytes),
    searchNames: textsIn(sections.searchNameEnds, sections.searchNameBytes),
    searchArtists: textsIn(sections.searchArtistEnds, sections.searchArtistBytes),
    segmentRows: sections.segmentBlocks.map((block) => sections.blockRows[block]!),
    range: rangeOf(sections.boxes, head.features.length),
  };
}

function textsIn(ends: Uint32Array, { buffer, byteOffset, byteLength }: Uint8Array): Texts {
  return { ends, bytes: Buffer.from(buffer, byteOffset, byteLength) };
}

function rangeOf(boxes: Float64Array, d: number): TrackIndex['range'] {
  const low = new Float64Array(d).fill(Infinity);
  const high = new Float64Array(d).fill(-Infinity);
  for (let at = 0; at < boxes.length; at += 2 * d) {
    for (let j = 0; j < d; j += 1) {
      low[j] = Math.min(low[j]!, boxes[at + j]!);
      high[j] = Math.max(high[j]!, boxes[at + d + j]!);
    }
  }
  return { low, high };
}

/** Row of each track; -1 where the index has none with that id. */
export function rowsOf({ sections, ids }: TrackIndex, trackIds: readonly string[]): Int32Array {
  return rowsOfIds(sections.idSlots, ids, trackIds);
}

/** Segment of a row: the last one that begins at it or before. */
export function segmentOfRow({ segmentRows }: TrackIndex, row: number): number {
  let segment = 0;
  while (segmentRows[segment + 1]! <= row) segment += 1;
  return segment;
}

/** Number of the artist of a row. A track without an artist has one of its own. */
export function artistOfRow({ sections, artistNames }: TrackIndex, row: number): number {
  const artist = sections.artists[row]!;
  const unknown = artistNames.ends[artist] === artistNames.ends[artist + 1];
  return unknown ? sections.artistKeys.length + row : sections.artistKeys[artist]!;
}

/** Value of feature j of a row, in its unit. */
export function featureOf({ sections, mean }: TrackIndex, row: number, j: number): number {
  return sections.features[row * mean.length + j]!;
}

export function trackAt(index: TrackIndex, row: number): Track {
  const { sections, head } = index;
  const popularity = sections.popularity[row]!;
  return {
    track_id: textAt(index.ids, row)!,
    artist_name: textAt(index.artistNames, sections.artists[row]!),
    track_name: textAt(index.names, row),
    genre: textAt(index.genreNames, sections.genres[row]!),
    popularity: Number.isNaN(popularity) ? null : popularity,
    features: Object.fromEntries(head.features.map((name, j) => [name, featureOf(index, row, j)])),
    cluster_id: segmentOfRow(index, row),
  };
}
