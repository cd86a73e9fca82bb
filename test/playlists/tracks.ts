import { seededRandom } from '#segue/core/random.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { type Model, sealModel } from '#segue/models/format.js';
import { contentOf } from '../models/example.js';
import type { CatalogueTrack } from './index-of.js';

/** A model with k segments on plausible scales of Spotify's features. */
export function spotifyModel(k = 4, seed = 1): Model {
  const random = seededRandom(seed);
  const centroids = Array.from({ length: k }, () => SPOTIFY_FEATURES.features.map(() => random.normal()));
  return sealModel(contentOf([0.25, 0.09, 0.55, 0.46, 121], [0.36, 0.12, 0.18, 0.26, 29.8], centroids), null);
}

export interface Shape {
  readonly tracks: number;
  readonly artists: number;
  readonly seed: number;
}

const GENRES = ['pop', 'rock', 'Tango', 'k-pop'];

/** Tracks with many equal values, a few large artists and the same song under several ids. */
export function randomTracks({ tracks, artists, seed }: Shape): CatalogueTrack[] {
  const random = seededRandom(seed);
  return Array.from({ length: tracks }, (_, i) => ({
    id: `track-${seed}-${i}`,
    artist: `Artist ${Math.floor(artists * random.next() ** 2)}`,
    name: `Song ${random.below(tracks)}`,
    genre: GENRES[random.below(GENRES.length)]!,
    popularity: random.next() < 0.1 ? null : random.below(101),
    values: [
      random.next() < 0.4 ? 0 : random.next(),
      random.next() * 0.5,
      Math.round(20 * random.next()) / 20,
      random.next(),
      40 + Math.round(2100 * random.next()) / 10,
    ],
  }));
}
