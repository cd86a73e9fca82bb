/** What an index holds, in the order of its file: the kind of array of each section. */
export const SECTIONS = {
  /** Row by row in the contract's order and units: `features[row * d + j]`. One track's lie side by side. */
  features: Float64Array,
  /** NaN where the catalogue doesn't say. */
  popularity: Float64Array,
  /** `NO_YEAR` where the catalogue doesn't say. */
  years: Uint32Array,
  /** Per block, in standard deviations: least of each feature, then largest of each. */
  boxes: Float64Array,
  blockRows: Uint32Array,
  segmentBlocks: Uint32Array,
  /** Place of each track's artist in `artistNames`. */
  artists: Uint32Array,
  /** Per name, the number of its artist: names that differ only in case or blanks share one. */
  artistKeys: Uint32Array,
  /** Hash of artist and name: the same song under two ids has one. */
  songs: Uint32Array,
  genres: Uint32Array,
  idSlots: Uint32Array,
  idEnds: Uint32Array,
  nameEnds: Uint32Array,
  artistEnds: Uint32Array,
  genreEnds: Uint32Array,
  idBytes: Uint8Array,
  nameBytes: Uint8Array,
  artistBytes: Uint8Array,
  genreBytes: Uint8Array,
  /** Names as they are searched (`searchTexts`). */
  searchNameEnds: Uint32Array,
  searchArtistEnds: Uint32Array,
  searchNameBytes: Uint8Array,
  searchArtistBytes: Uint8Array,
} as const;

export type SectionName = keyof typeof SECTIONS;

/** An array for each section. */
export type Sections = { readonly [Name in SectionName]: ArrayOf<(typeof SECTIONS)[Name]> };

type ArrayOf<Kind> = Kind extends Float64ArrayConstructor
  ? Float64Array
  : Kind extends Uint32ArrayConstructor
    ? Uint32Array
    : Uint8Array;

export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];

export const INDEX_FORMAT = 'segue-tracks/3';

/** Stands for a year that the catalogue doesn't say, or that is none. */
export const NO_YEAR = 0;

/** What an index is of. */
export interface IndexSubject {
  readonly model_version: string;
  readonly features: readonly string[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
  /** k × d, in standard deviations. */
  readonly centroids: readonly (readonly number[])[];
  /** Most tracks that it may hold. */
  readonly limit: number;
  /** Tracks that it holds. */
  readonly tracks: number;
  /** Tracks of the catalogue. */
  readonly catalogue_tracks: number;
  /** Tracks whose id is longer than MAX_ID characters: no request could name them. */
  readonly left_out: number;
}

/** The head of an index's file. */
export interface IndexHead extends IndexSubject {
  readonly format: typeof INDEX_FORMAT;
  /** Place of each section, in bytes from the start of the file. */
  readonly sections: Readonly<Record<SectionName, { readonly offset: number; readonly length: number }>>;
}

/** Characters of a track id at most, counted as UTF-16 does. */
export const MAX_ID = 200;
