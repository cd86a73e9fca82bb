import type { BenchServer } from './server.js';

/** One form of request. */
export interface Form {
  readonly name: string;
  readonly path: string;
  readonly body: string;
}

interface List {
  readonly tracks: readonly {
    readonly track_id: string;
    readonly features: Readonly<Record<string, number>>;
  }[];
}

const KNOWN = 10_000;

/** A catalogue may hold it; a request must be above. */
const LEAST_TEMPO = 40;

/** The forms that are timed; their track ids are those of lists that the server made. */
export async function formsOf(server: BenchServer): Promise<Form[]> {
  const known = new Map<string, Readonly<Record<string, number>>>();
  for (let seed = 0; known.size < KNOWN; seed += 1) {
    const target = { tempo: 60 + (seed % 120), danceability: (seed % 50) / 50, valence: (seed % 37) / 37 };
    const ask = JSON.stringify({ target, length: 200, variety: 1, seed });
    const { tracks } = JSON.parse((await server.post('/v1/playlists', ask)).body) as List;
    for (const { track_id, features } of tracks)
      if (features['tempo']! > LEAST_TEMPO) known.set(track_id, features);
  }
  const ids = [...known.keys()].slice(0, KNOWN);
  const [features] = known.values();
  return [
    playlist('from a segment', { segment: 0 }),
    playlist('from a segment, 200 tracks, variety 1', { segment: 1, length: 200, variety: 1 }),
    playlist('from a seed track', { seed_track: ids[0] }),
    playlist('from a target of five features', { target: features }),
    playlist('from a target of tempo alone', { target: { tempo: 128 } }),
    playlist('from a target far out', { target: { tempo: 100_000, speechiness: 1 } }),
    playlist('from a target, popularity at least 60, one genre', {
      target: features,
      min_popularity: 60,
      genres: ['tango'],
    }),
    playlist('from a target, popularity that no track has', { target: features, min_popularity: 1000 }),
    playlist('from a segment, 10,000 tracks excluded', { segment: 0, exclude: ids }),
    profile('100 tracks by id', { track_ids: ids.slice(0, 100) }),
    profile('10,000 tracks by id, 50 suggestions', { track_ids: ids, suggestions: 50 }),
    profile('10,000 tracks by features', { tracks: [...known.values()].slice(0, KNOWN) }),
  ];
}

function playlist(name: string, body: object): Form {
  return { name: `playlist ${name}`, path: '/v1/playlists', body: JSON.stringify(body) };
}

function profile(name: string, body: object): Form {
  return { name: `profile of ${name}`, path: '/v1/profiles', body: JSON.stringify(body) };
}
