import { client, dataOf } from '../api.ts';

/** Most rows of one request. */
const BATCH = 1000;

export type MapTrack = Awaited<ReturnType<typeof tracksOf>>[number];

/** Tracks of rows of the map, in their order, asked for batch by batch. */
export async function tracksOf(rows: readonly number[], onProgress: (share: number) => void = () => {}) {
  const tracks = [];
  for (let from = 0; from < rows.length; from += BATCH) {
    const body = { rows: rows.slice(from, from + BATCH) };
    tracks.push(...(await dataOf(client.POST('/v1/tracks', { body }))).tracks);
    onProgress(Math.min(1, (from + BATCH) / rows.length));
  }
  return tracks;
}

/** What a file shows of them in one language: names, genre, every feature, segment. */
export function columnsOf(
  track: MapTrack,
  language: 'en' | 'es',
): Readonly<Record<string, string | number | null>> {
  const { track_id, artist_name, track_name, genre, popularity, features, segment } = track;
  return {
    track_id,
    artist_name,
    track_name,
    genre,
    popularity,
    ...features,
    segment_id: segment.segment_id,
    segment: segment.name[language],
  };
}
