import { ApiError, client, dataOf } from '../api.ts';

const MODEL_CHANGED = 'model_changed';

/** Most rows of one request. */
const BATCH = 1000;

export type MapTrack = Awaited<ReturnType<typeof tracksOf>>[number];

/**
 * Tracks of rows of a version's map, in their order, asked for batch by batch.
 *
 * @throws ApiError `model_changed` where another version answers: its rows are others
 */
export async function tracksOf(
  version: string,
  rows: readonly number[],
  onProgress: (share: number) => void = () => {},
) {
  const tracks = [];
  for (let from = 0; from < rows.length; from += BATCH) {
    const body = { rows: rows.slice(from, from + BATCH) };
    const answer = await dataOf(client.POST('/v1/tracks', { body }));
    if (answer.model_version !== version) throw modelChanged();
    tracks.push(...answer.tracks);
    onProgress(Math.min(1, (from + BATCH) / rows.length));
  }
  return tracks;
}

export function modelChanged(): ApiError {
  return new ApiError({ code: MODEL_CHANGED, status: 0, title: '' });
}

/** Whether another version than the page's answered. */
export function isModelChanged(error: unknown): boolean {
  return error instanceof ApiError && error.problem.code === MODEL_CHANGED;
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
