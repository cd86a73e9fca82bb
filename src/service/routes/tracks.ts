import { Type } from 'typebox';
import type { AppDeps } from '../deps.js';
import { exampleTrack } from '../feature-schema.js';
import { needModel } from '../live-model.js';
import { fromCatalogue, NEEDS_CATALOGUE } from '../need-catalogue.js';
import { trackSchema } from '../playlist-schema.js';
import { EXAMPLE_SEGMENT } from '../prediction-schema.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';

/** Most tracks in one request. */
const MOST_ROWS = 1000;

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
        tracks: [
          {
            track_id: '0000000000000000000001',
            artist_name: 'An artist',
            track_name: 'A track',
            genre: 'pop',
            popularity: 41,
            features: exampleTrack(contract),
            cluster_id: 0,
            segment: EXAMPLE_SEGMENT,
          },
        ],
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
