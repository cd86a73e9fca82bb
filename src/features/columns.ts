/** A column of the catalogue that is not a feature: it is kept beside the features and never reaches the trainer. */
export interface CatalogueColumn {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'number';
  /** Other names that real files give it, compared without case. */
  readonly aliases: readonly string[];
}

/**
 * Kaggle's "Spotify 1 Million Tracks" without its index and its five features. A file may lack any of them; an empty cell in one that
 * it has rejects the row.
 */
export const CATALOGUE_COLUMNS: readonly CatalogueColumn[] = [
  { name: 'track_id', type: 'text', aliases: ['id', 'uri', 'track_uri', 'spotify_id', 'instance_id'] },
  { name: 'artist_name', type: 'text', aliases: ['track_artist', 'artists', 'artist', 'artist_names'] },
  { name: 'track_name', type: 'text', aliases: ['name', 'track', 'song', 'song_name', 'title'] },
  { name: 'popularity', type: 'integer', aliases: ['track_popularity', 'song_popularity'] },
  { name: 'year', type: 'integer', aliases: ['release_year'] },
  { name: 'genre', type: 'text', aliases: ['track_genre', 'playlist_genre', 'music_genre'] },
  { name: 'energy', type: 'number', aliases: [] },
  { name: 'key', type: 'text', aliases: [] },
  { name: 'loudness', type: 'number', aliases: [] },
  { name: 'mode', type: 'text', aliases: [] },
  { name: 'acousticness', type: 'number', aliases: [] },
  { name: 'liveness', type: 'number', aliases: [] },
  { name: 'duration_ms', type: 'integer', aliases: ['song_duration_ms'] },
  { name: 'time_signature', type: 'integer', aliases: [] },
];
