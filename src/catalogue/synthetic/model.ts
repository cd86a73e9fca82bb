/** Values of the column time_signature; 2 doesn't occur in real files, and 0 only where the tempo is 0. */
export const TIME_SIGNATURES = [0, 1, 3, 4, 5] as const;

/** The columns that a model draws together, in its order. A time signature is drawn as a place in TIME_SIGNATURES. */
export const MODEL_COLUMNS = [
  'danceability',
  'energy',
  'loudness',
  'speechiness',
  'acousticness',
  'instrumentalness',
  'liveness',
  'valence',
  'tempo',
  'duration_ms',
  'popularity',
  'year',
  'time_signature',
] as const;

export type ModelColumn = (typeof MODEL_COLUMNS)[number];

/** Where the knots of a column's table begin and end, in standard deviations; they're evenly spaced between. */
export const KNOT_REACH = 4.5;

/** What a real catalogue's columns look like, in numbers small enough to read: a Gaussian copula over a mixture of groups of genres. */
export interface CatalogueModel {
  /** One for each of MODEL_COLUMNS, in that order. */
  readonly columns: readonly ColumnTable[];
  /** Lower triangle of the correlations of the normal deviates inside a group, diagonal included. */
  readonly correlation: readonly (readonly number[])[];
  readonly groups: readonly GenreGroup[];
  /** Parts of the twelve keys, C first. */
  readonly keys: readonly number[];
  /** Share of tracks in major, by key. */
  readonly majorShare: readonly number[];
}

/** The value at each knot; between two it is interpolated on the scale. */
export interface ColumnTable {
  readonly name: ModelColumn;
  readonly scale: 'linear' | 'logarithmic';
  readonly knots: readonly number[];
}

/** Genres that sound alike: their tracks share a mean and a spread in the space of normal deviates. */
export interface GenreGroup {
  readonly name: string;
  readonly shift: readonly number[];
  readonly spread: readonly number[];
  readonly genres: readonly GenreShare[];
}

export interface GenreShare {
  readonly name: string;
  /** How often it comes, against the sum of all parts. */
  readonly parts: number;
}
