import { type Near, nearestTracks } from './nearest.js';
import { artistOfRow, type Track, type TrackIndex, trackAt } from './track-index.js';

export interface Suggestion extends Track {
  /** To the centre of what the listener knows of the track's segment, in standard deviations. */
  readonly distance: number;
}

/** What a listener knows of one segment. */
export interface Taste {
  readonly tracks: number;
  /** Mean of them, in standard deviations. */
  readonly z: Float64Array;
}

/** Tracks looked at for each segment at most. */
const MOST_BROWSED = 5000;

/**
 * Suggests tracks that the listener doesn't know: of each segment as many as its share of what they know (largest remainders), nearest to
 * the centre of what they know of it. A listener of two kinds gets both, not what lies between. One track of each artist.
 *
 * @param tastes one per segment
 * @param songs known ones
 * @returns the nearest first
 */
export function suggestTracks(
  index: TrackIndex,
  tastes: readonly Taste[],
  songs: ReadonlySet<number>,
  wanted: number,
): Suggestion[] {
  const counted = index.head.features.map((_, j) => j);
  const seen = new Set<number>();
  const artists = new Set<number>();
  const chosen: Near[] = [];
  for (const [segment, quota] of quotas(tastes, wanted).entries()) {
    if (quota === 0) continue;
    let left = quota;
    let browsed = 0;
    const aim = { z: tastes[segment]!.z, counted };
    for (const near of nearestTracks(index, aim, { segment, songs }, 4 * quota)) {
      const artist = artistOfRow(index, near.row);
      const song = index.sections.songs[near.row]!;
      if (!artists.has(artist) && !seen.has(song)) {
        artists.add(artist);
        seen.add(song);
        chosen.push(near);
        left -= 1;
      }
      browsed += 1;
      if (left === 0 || browsed === MOST_BROWSED) break;
    }
  }
  return chosen
    .toSorted((a, b) => a.distance - b.distance || a.row - b.row)
    .map(({ row, distance }) => ({ ...trackAt(index, row), distance }));
}

/** Shares `wanted` out as the tracks are shared out: whole parts first, then the largest remainders (Hamilton's method). */
function quotas(tastes: readonly Taste[], wanted: number): number[] {
  const all = tastes.reduce((total, { tracks }) => total + tracks, 0);
  if (all === 0) return tastes.map(() => 0);
  const exact = tastes.map(({ tracks }) => (wanted * tracks) / all);
  const whole = exact.map(Math.floor);
  const rest = wanted - whole.reduce((total, part) => total + part, 0);
  const byRemainder = exact
    .map((part, segment) => ({ segment, remainder: part - Math.floor(part) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.segment - b.segment);
  for (const { segment } of byRemainder.slice(0, rest)) whole[segment]! += 1;
  return whole;
}
