import { Type } from '../../core/typebox.js';
import { VERSION_PATTERN } from '../../models/schema.js';
import { REACH } from '../../playlists/map.js';
import type { AppDeps } from '../deps.js';
import { needModel } from '../live-model.js';
import { fromCatalogue, NEEDS_CATALOGUE } from '../need-catalogue.js';
import { Problem } from '../problem.js';
import { remembered } from '../remembered.js';
import { EXAMPLE_VERSION, type Route, type RouteHeader, route } from '../route.js';

const COUNT = Type.Integer({ minimum: 0 });
const NUMBERS = Type.Array(Type.Number());

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

/** Points of a version never change. */
const KEPT: RouteHeader<string> = {
  name: 'Cache-Control',
  description: 'They may be kept',
  example: 'private, max-age=31536000, immutable',
  of: () => 'private, max-age=31536000, immutable',
};

/** `GET /v1/map` and its points: every track by the two directions in which they differ most. */
export function mapRoutes({ catalogue }: Pick<AppDeps, 'catalogue'>): readonly Route[] {
  const mapOf = remembered((version) => catalogue.ask(version, 'map', null));
  return [
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
      problems: NEEDS_CATALOGUE,
      async handle({ live: maybe }) {
        const { version } = needModel(maybe);
        const { points, segment_rows, explained, loadings } = await fromCatalogue(mapOf(version));
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
      problems: NEEDS_CATALOGUE,
      async handle({ live: maybe, params: { version } }) {
        const live = needModel(maybe);
        if (version !== live.version) throw new Problem('model_not_found');
        const { buffer, byteOffset, byteLength } = (await fromCatalogue(mapOf(version))).points;
        return Buffer.from(buffer, byteOffset, byteLength) as never; // sent as it is
      },
    }),
  ];
}

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
