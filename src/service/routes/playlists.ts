import type { Static } from '../../core/typebox.js';
import type { Frozen } from '../../core/types.js';
import type { FeatureContract } from '../../features/contract.js';
import type { PlaylistSource } from '../../playlists/playlist.js';
import type { AppDeps } from '../deps.js';
import { exampleTrack } from '../feature-schema.js';
import { type LiveModel, needModel } from '../live-model.js';
import { clusterOf, fromCatalogue } from '../need-catalogue.js';
import { playlistAnswer, playlistBody } from '../playlist-schema.js';
import { EXAMPLE_SEGMENT_ID } from '../prediction-schema.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';

/** Room for as many ids as may be excluded. */
const BODY_BYTES = 4 * 1024 * 1024;

type Body = Frozen<Static<ReturnType<typeof playlistBody>>>;

/** `POST /v1/playlists`. */
export function playlistRoutes({
  contract,
  catalogue,
}: Pick<AppDeps, 'contract' | 'catalogue'>): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/playlists',
      id: 'createPlaylist',
      tag: 'playlists',
      summary: 'A list of tracks from a segment, a track or wanted features',
      description:
        'Tracks of the catalogue that the model in production was trained on. Where too few come into question the list is shorter, and «shortfall» says why.',
      scope: 'predict',
      body: {
        schema: playlistBody(contract),
        limitBytes: BODY_BYTES,
        example: { segment: 0, length: 25, variety: 0.3, seed: 7 },
      },
      answer: {
        description: 'The list, in playing order',
        schema: playlistAnswer(contract),
        example: exampleOf(contract),
      },
      problems: ['cluster_not_found', 'track_not_found', 'no_model', 'catalogue_loading', 'no_catalogue'],
      async handle(ask) {
        const live = needModel(ask.live);
        const { length = 25, variety = 0.3, seed = 0, exclude = [], genres, min_popularity } = ask.body;
        const request = { length, variety, seed, exclude, genres, minPopularity: min_popularity };
        const from = sourceOf(live, ask.body);
        const list = await fromCatalogue(catalogue.ask(live.version, 'playlist', { ...request, from }));
        return {
          model_version: live.version,
          ...list,
          tracks: list.tracks.map((track) => ({ ...track, segment: live.segmentNames[track.cluster_id]! })),
        };
      },
    }),
  ];
}

function sourceOf(live: LiveModel, { segment, seed_track, target = {} }: Body): PlaylistSource {
  if (segment !== undefined) return { segment: clusterOf(live, segment) };
  return seed_track === undefined ? { target } : { seedTrack: seed_track };
}

function exampleOf(contract: FeatureContract) {
  return {
    model_version: EXAMPLE_VERSION,
    tracks: [
      {
        track_id: '0000000000000000000001',
        artist_name: 'An artist',
        track_name: 'A track',
        genre: 'pop',
        popularity: 41,
        features: exampleTrack(contract),
        cluster_id: 0,
        segment: { segment_id: EXAMPLE_SEGMENT_ID, name: { en: 'vocal, cheerful', es: 'vocal, alegre' } },
        distance: 0.2143,
      },
    ],
    mean_distance: 0.2143,
    tempo_steps: { largest: 0, total: 0 },
    shortfall: { missing: 24, reason: 'too_few_tracks' as const },
    catalogue: { tracks: 4996, sampled_from: null },
  };
}
