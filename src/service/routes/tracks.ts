import { Type } from '../../core/typebox.js';
import type { FeatureContract } from '../../features/contract.js';
import type { AppDeps } from '../deps.js';
import { exampleTrack } from '../feature-schema.js';
import { needModel } from '../live-model.js';
import { fromCatalogue, NEEDS_CATALOGUE } from '../need-catalogue.js';
import { foundTrack, trackSchema } from '../playlist-schema.js';
import { EXAMPLE_SEGMENT } from '../prediction-schema.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';

/** Most tracks in one request. */
const MOST_ROWS = 1000;

/** Letters of a search, and tracks that it tells. */
const [MOST_LETTERS, MOST_FOUND, DEFAULT_FOUND] = [200, 100, 20];

const COUNT = Type.Integer({ minimum: 0 });

const ROWS = Type.Object(
  { rows: Type.Array(COUNT, { minItems: 1, maxItems: MOST_ROWS, description: 'As the map has them' }) },
  { additionalProperties: false },
);

/** `POST /v1/tracks`: tracks by their rows, which the map has. */
export function tracksRoute({ contract, catalogue }: Pick<AppDeps, 'contract' | 'catalogue'>): Route {
  return route({
    method: 'POST',
    path: '/v1/tracks',
    id: 'getTracks',
    tag: 'segments',
    summary: 'Tracks of the map, by their rows',
    description: 'Rows that there are not are left out. Rows belong to a version: compare model_version.',
    scope: 'read',
    body: { schema: ROWS, limitBytes: 65_536, example: { rows: [0, 1] } },
    answer: {
      description: 'In the order asked for',
      schema: Type.Object({ model_version: Type.String(), tracks: Type.Array(trackSchema(contract)) }),
      example: {
        model_version: EXAMPLE_VERSION,
        tracks: [exampleOf(contract)],
      },
    },
    problems: NEEDS_CATALOGUE,
    async handle({ live: maybe, body: { rows } }) {
      const live = needModel(maybe);
      const tracks = await fromCatalogue(catalogue.ask(live.version, 'tracks', rows));
      return {
        model_version: live.version,
        tracks: tracks.map((track) => ({ ...track, segment: live.segmentNames[track.cluster_id]! })),
      };
    },
  });
}

const SEARCH = Type.Object(
  {
    q: Type.String({
      minLength: 1,
      maxLength: MOST_LETTERS,
      description:
        'Words of a track’s name, of its artist’s, or of both, whatever their case and accents; each must be in one of them',
      examples: ['an artist'],
    }),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MOST_FOUND,
        default: DEFAULT_FOUND,
        description: 'Tracks to tell at most',
      }),
    ),
  },
  { additionalProperties: false },
);

/** `GET /v1/tracks`: tracks by words of their names. */
export function searchRoute({ contract, catalogue }: Pick<AppDeps, 'contract' | 'catalogue'>): Route {
  return route({
    method: 'GET',
    path: '/v1/tracks',
    id: 'searchTracks',
    tag: 'segments',
    summary: 'Tracks by words of their name and artist',
    description:
      'Whole names come first, then beginnings, then beginnings of words; of those alike the most popular first. Words of one or two letters (a to z) are looked for at beginnings only.',
    scope: 'read',
    query: SEARCH,
    answer: {
      description: 'Those that fit best',
      schema: Type.Object({
        model_version: Type.String(),
        found: Type.Integer({ minimum: 0, description: 'Tracks that fit' }),
        tracks: Type.Array(foundTrack(contract)),
      }),
      example: {
        model_version: EXAMPLE_VERSION,
        found: 1,
        tracks: [{ row: 0, ...exampleOf(contract) }],
      },
    },
    problems: NEEDS_CATALOGUE,
    async handle({ live: maybe, query: { q, limit = DEFAULT_FOUND } }) {
      const live = needModel(maybe);
      const { found, tracks } = await fromCatalogue(
        catalogue.ask(live.version, 'search', { text: q, limit }),
      );
      return {
        model_version: live.version,
        found,
        tracks: tracks.map((track) => ({ ...track, segment: live.segmentNames[track.cluster_id]! })),
      };
    },
  });
}

function exampleOf(contract: FeatureContract) {
  return {
    track_id: '0000000000000000000001',
    artist_name: 'An artist',
    track_name: 'A track',
    genre: 'pop',
    popularity: 41,
    features: exampleTrack(contract),
    cluster_id: 0,
    segment: EXAMPLE_SEGMENT,
  };
}
