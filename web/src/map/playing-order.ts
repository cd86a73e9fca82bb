import { orderByTempo } from '../../../dist/playlists/tempo-path.js';
import type { MapTrack } from './tracks.ts';

/**
 * As the service orders a list: tempo in small steps, no artist twice in a row. Where an artist has more than half of the tracks, the last
 * ones of it are left out: no order could keep them apart. Tracks without an artist count as different ones.
 */
export function inPlayingOrder<Track extends Pick<MapTrack, 'artist_name' | 'features'>>(
  tracks: readonly Track[],
): readonly Track[] {
  const places = new Map<string, number>();
  const artistOf = ({ artist_name }: Track, i: number): number => {
    if (artist_name === null) return tracks.length + i;
    const place = places.get(artist_name) ?? places.size;
    places.set(artist_name, place);
    return place;
  };
  const all = tracks.map((track, i) => ({ track, artist: artistOf(track, i) }));
  const taken = new Map<number, number>();
  const counts = new Map<number, number>();
  for (const { artist } of all) counts.set(artist, (counts.get(artist) ?? 0) + 1);
  const fitting = all.filter(({ artist }) => {
    const before = taken.get(artist) ?? 0;
    taken.set(artist, before + 1);
    return before <= all.length - counts.get(artist)!; // as many as there are others, and one more
  });
  const order = orderByTempo(
    fitting.map(({ track }) => track.features.tempo),
    fitting.map(({ artist }) => artist),
  );
  return order.map((at) => fitting[at]!.track);
}
