import { Type } from 'typebox';
import { VERSION_PATTERN } from '../../models/schema.js';
import { REACH } from '../../playlists/map.js';
import type { AppDeps } from '../deps.js';
import { exampleTrack } from '../feature-schema.js';
import { needModel } from '../live-model.js';
import { fromCatalogue } from '../need-catalogue.js';
import { trackSchema } from '../playlist-schema.js';
import { EXAMPLE_SEGMENT_ID, SEGMENT } from '../prediction-schema.js';
import { Problem } from '../problem.js';
import { EXAMPLE_VERSION, type Route, type RouteHeader, route } from '../route.js';
import { trackData } from '../track-data.js';

/** Most tracks in one request. */
const MOST_ROWS = 1000;

const COUNT = Type.Integer({ minimum: 0 });
const NUMBERS = Type.Array(Type.Number());
const NEEDED = ['no_model', 'catalogue_loading', 'no_catalogue'] as const;

const COMPOSITION = Type.Object({
  model_version: Type.String(),
  segments: Type.Array(
    Type.Object({
      cluster_id: COUNT,
      segment: SEGMENT,
      tracks: COUNT,
      genres: Type.Array(
        Type.Object({
          genre: Type.String(),
          tracks: COUNT,
          lift: Type.Number({ description: 'Its share in the segment over its share in the catalogue' }),
        }),
        { description: 'The most frequent ones' },
      ),
      other_genres: COUNT,
      without_genre: COUNT,
      popularity: Type.Union([NUMBERS, Type.Null()], {
        description: 'Least, the nine inner deciles, largest; null where the catalogue doesn’t say',
      }),
    }),
  ),
});

const MAP = Type.Object({
  model_version: Type.String(),
  tracks: COUNT,
  points: Type.String({ format: 'uri-reference', description: 'Where the points are' }),
  reach: Type.Number({
    description: 'Standard deviations of each direction at the edge; tracks beyond lie on it',
  }),
  segment_rows: Type.Array(COUNT, { description: 'First row of each segment, by cluster_id, and the end' }),
  explained: Type.Array(Type.Number(), { description: 'Share of the variance along each direction' }),
  loadings: Type.Array(NUMBERS, { description: 'How much of each feature is in each direction' }),
});

const ROWS = Type.Object(
  { rows: Type.Array(COUNT, { minItems: 1, maxItems: MOST_ROWS, description: 'As the map has them' }) },
  { additionalProperties: false },
);

/** Points of a version never change. */
const KEPT: RouteHeader<string> = {
  name: 'Cache-Control',
  description: 'They may be kept',
  example: 'private, max-age=31536000, immutable',
  of: () => 'private, max-age=31536000, immutable',
};

/** `GET /v1/composition`, `/v1/map`, its points, and `POST /v1/tracks`: the tracks behind the segments. */
export function trackRoutes({
  contract,
  catalogue,
}: Pick<AppDeps, 'contract' | 'catalogue'>): readonly Route[] {
  const data = trackData(catalogue);
  const example = exampleTrack(contract);
  return [
    route({
      method: 'GET',
      path: '/v1/composition',
      id: 'getComposition',
      tag: 'segments',
      summary: 'Genres and popularity inside each segment',
      scope: 'read',
      answer: { description: 'By cluster_id', schema: COMPOSITION, example: EXAMPLE_COMPOSITION },
      problems: NEEDED,
      async handle({ live: maybe }) {
        const live = needModel(maybe);
        const { segments } = await fromCatalogue(data.composition(live.version));
        return {
          model_version: live.version,
          segments: segments.map((of) => ({ ...of, segment: live.segmentNames[of.cluster_id]! })),
        };
      },
    }),
    route({
      method: 'GET',
      path: '/v1/map',
      id: 'getMap',
      tag: 'segments',
      summary: 'A map of all tracks: what its points mean',
      description:
        'Principal components of the standardised features. Distances on it are not those that segments are made by, which have all features.',
      scope: 'read',
      answer: { description: 'The map', schema: MAP, example: EXAMPLE_MAP },
      problems: NEEDED,
      async handle({ live: maybe }) {
        const { version } = needModel(maybe);
        const { points, segment_rows, explained, loadings } = await fromCatalogue(data.map(version));
        return {
          model_version: version,
          tracks: points.length / 2,
          points: `/v1/map/${version}`,
          reach: REACH,
          segment_rows,
          explained,
          loadings,
        };
      },
    }),
    route({
      method: 'GET',
      path: '/v1/map/{version}',
      id: 'getMapPoints',
      tag: 'segments',
      summary: 'The points of the map, as bytes',
      description:
        'x of every track, then y of every track: unsigned 16-bit numbers, little-endian, from one edge to the other.',
      scope: 'read',
      params: [
        {
          name: 'version',
          description: 'The version in production',
          schema: Type.String({ pattern: VERSION_PATTERN }),
          example: EXAMPLE_VERSION,
          absent: 'model_not_found',
        },
      ],
      answer: {
        description: 'Four bytes a track',
        contentType: 'application/octet-stream',
        schema: Type.String({ format: 'binary' }),
        headers: [KEPT],
        example: '\u0000\u0080\u0000\u0080',
      },
      problems: NEEDED,
      async handle({ live: maybe, params: { version } }) {
        const live = needModel(maybe);
        if (version !== live.version) throw new Problem('model_not_found');
        const { buffer, byteOffset, byteLength } = (await fromCatalogue(data.map(version))).points;
        return Buffer.from(buffer, byteOffset, byteLength) as never; // sent as it is
      },
    }),
    route({
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
          tracks: [
            {
              track_id: '0000000000000000000001',
              artist_name: 'An artist',
              track_name: 'A track',
              genre: 'pop',
              popularity: 41,
              features: example,
              cluster_id: 0,
              segment: EXAMPLE_SEGMENT,
            },
          ],
        },
      },
      problems: NEEDED,
      async handle({ live: maybe, body: { rows } }) {
        const live = needModel(maybe);
        const tracks = await fromCatalogue(catalogue.ask(live.version, 'tracks', rows));
        return {
          model_version: live.version,
          tracks: tracks.map((track) => ({ ...track, segment: live.segmentNames[track.cluster_id]! })),
        };
      },
    }),
  ];
}

const EXAMPLE_SEGMENT = {
  segment_id: EXAMPLE_SEGMENT_ID,
  name: { en: 'vocal, cheerful', es: 'vocal, alegre' },
};

const EXAMPLE_COMPOSITION = {
  model_version: EXAMPLE_VERSION,
  segments: [
    {
      cluster_id: 0,
      segment: EXAMPLE_SEGMENT,
      tracks: 1761,
      genres: [{ genre: 'pop', tracks: 120, lift: 1.7 }],
      other_genres: 1600,
      without_genre: 41,
      popularity: [0, 2, 8, 15, 21, 27, 33, 40, 47, 56, 89],
    },
  ],
};

const EXAMPLE_MAP = {
  model_version: EXAMPLE_VERSION,
  tracks: 4996,
  points: `/v1/map/${EXAMPLE_VERSION}`,
  reach: REACH,
  segment_rows: [0, 4996],
  explained: [0.31, 0.22],
  loadings: [
    [-0.4, 0.2, 0.6, 0.6, -0.1],
    [0.5, -0.4, 0.1, 0.2, 0.7],
  ],
};
