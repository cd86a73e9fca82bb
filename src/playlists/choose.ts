import { seededRandom } from '../core/random.js';
import { hash32 } from './hash32.js';
import { type Aim, type Filter, type Near, nearestTracks } from './nearest.js';
import { artistOfRow, type TrackIndex } from './track-index.js';

/** Tracks looked at for one list at most: a bound on its time, far beyond what a list needs. */
const MOST_BROWSED = 20_000;

/** Tracks to draw from at variety 1, for each track of the list. */
const POOL_PER_TRACK = 16;

export interface ChoiceOptions {
  /** Tracks wanted. */
  readonly length: number;
  /** 0: the nearest ones; 1: drawn from many more. */
  readonly variety: number;
  readonly seed: number;
}

/** Why a list is shorter than wanted. */
export type Shortage = 'too_few_tracks' | 'too_few_artists';

export interface Choice {
  /** The nearest first. Each song once, and no artist has more than half of them, rounded up. */
  readonly tracks: readonly Near[];
  readonly shortage: Shortage | null;
}

/** Chooses tracks for a list: a pool of the nearest ones, with few tracks of each artist, and a draw from it. */
export function chooseTracks(index: TrackIndex, aim: Aim, filter: Filter, options: ChoiceOptions): Choice {
  const { length, variety } = options;
  const wanted = Math.round(length * (1 + variety * (POOL_PER_TRACK - 1)));
  const { pool, spare, exhausted } = gather(index, aim, filter, wanted, Math.ceil(Math.sqrt(length) / 2));
  if (pool.length >= length) {
    return { tracks: draw(index, pool, options).toSorted(byDistance), shortage: null };
  }
  const tracks = fillUp(index, pool, spare, length);
  if (tracks.length === length) return { tracks, shortage: null };
  const none = exhausted && pool.length + spare.length < length;
  return { tracks, shortage: none ? 'too_few_tracks' : 'too_few_artists' };
}

interface Gathered {
  /** At most so many of each artist. */
  readonly pool: readonly Near[];
  /** What is beyond that. */
  readonly spare: readonly Near[];
  /** Whether there are no others. */
  readonly exhausted: boolean;
}

function gather(index: TrackIndex, aim: Aim, filter: Filter, wanted: number, perArtist: number): Gathered {
  const pool: Near[] = [];
  const spare: Near[] = [];
  const songs = new Set<number>();
  const counts = new Map<number, number>();
  let browsed = 0;
  for (const near of nearestTracks(index, aim, filter, 2 * wanted)) {
    browsed += 1;
    const song = index.sections.songs[near.row]!;
    if (!songs.has(song)) {
      songs.add(song);
      (take(counts, artistOfRow(index, near.row), perArtist) ? pool : spare).push(near);
    }
    if (pool.length === wanted || browsed === MOST_BROWSED) return { pool, spare, exhausted: false };
  }
  return { pool, spare, exhausted: true };
}

/**
 * Draws without replacement, a track with the weight exp(-x / variety), where x goes from 0 for the nearest to 1 for the farthest of the
 * pool: the order of exponential deviates divided by their weights is such a draw (Efraimidis and Spirakis, 2006, algorithm A, in
 * logarithms). A track's deviate comes from the seed and its id alone, so that a small change of the request changes the list a little.
 */
function draw(index: TrackIndex, pool: readonly Near[], { length, variety, seed }: ChoiceOptions): Near[] {
  if (pool.length <= length) return [...pool];
  const nearest = pool[0]!.distance;
  const spread = pool.at(-1)!.distance - nearest;
  const { ends, bytes } = index.ids;
  const keyed = pool.map((near) => {
    const u = seededRandom(seed, hash32(bytes, ends[near.row]!, ends[near.row + 1]!)).next();
    const x = spread > 0 ? (near.distance - nearest) / spread : 0;
    return { near, key: -Math.log(1 - u) * Math.exp(x / variety) };
  });
  return keyed
    .toSorted((a, b) => a.key - b.key || a.near.row - b.near.row)
    .slice(0, length)
    .map(({ near }) => near);
}

/** The longest list up to `length` that can be ordered without an artist twice in a row; spare tracks come in where they must. */
function fillUp(index: TrackIndex, pool: readonly Near[], spare: readonly Near[], length: number): Near[] {
  const all = [...pool, ...spare];
  const artists = all.map(({ row }) => artistOfRow(index, row));
  const counts = new Map<number, number>();
  for (const artist of artists) take(counts, artist, Infinity);
  const within = (half: number): number =>
    [...counts.values()].reduce((sum, count) => sum + Math.min(count, half), 0);
  let n = length;
  while (within(Math.ceil(n / 2)) < n) n -= 1;
  const taken = new Map<number, number>();
  return all
    .filter((_, i) => take(taken, artists[i]!, Math.ceil(n / 2)))
    .slice(0, n)
    .toSorted(byDistance);
}

/** Counts one more of an artist, unless it has as many as it may. */
function take(counts: Map<number, number>, artist: number, most: number): boolean {
  const count = counts.get(artist) ?? 0;
  if (count >= most) return false;
  counts.set(artist, count + 1);
  return true;
}

function byDistance(a: Near, b: Near): number {
  return a.distance - b.distance || a.row - b.row;
}
