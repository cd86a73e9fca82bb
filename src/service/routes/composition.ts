import { Type } from '../../core/typebox.js';
import { colourOf, SEGMENT_COLOURS } from '../../training/identity/colours.js';
import { COLOUR } from '../cluster-schema.js';
import type { AppDeps } from '../deps.js';
import { needModel } from '../live-model.js';
import { fromCatalogue, NEEDS_CATALOGUE } from '../need-catalogue.js';
import { EXAMPLE_SEGMENT, SEGMENT } from '../prediction-schema.js';
import { remembered } from '../remembered.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';

const COUNT = Type.Integer({ minimum: 0 });

const SEGMENT_COUNTS = Type.Array(COUNT, { description: 'Tracks in each segment, by cluster_id' });

const BY = Type.Object({
  genres: Type.Array(Type.Object({ genre: Type.String(), tracks: SEGMENT_COUNTS }), {
    description: 'The most frequent genres of the catalogue, the most frequent first',
  }),
  other_genres: SEGMENT_COUNTS,
  without_genre: SEGMENT_COUNTS,
  years: Type.Array(Type.Object({ year: Type.Integer(), tracks: SEGMENT_COUNTS }), {
    description: 'Every year that a track has, the earliest first',
  }),
  without_year: SEGMENT_COUNTS,
});

const COMPOSITION = Type.Object({
  model_version: Type.String(),
  tracks: Type.Integer({
    minimum: 0,
    description: 'Tracks that are counted: all of the catalogue, or a sample of as many as the service keeps',
  }),
  catalogue_tracks: COUNT,
  segments: Type.Array(
    Type.Object({
      cluster_id: COUNT,
      segment: SEGMENT,
      colour: COLOUR,
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
      popularity: Type.Union([Type.Array(Type.Number()), Type.Null()], {
        description: 'Least, the nine inner deciles, largest; null where the catalogue doesn’t say',
      }),
    }),
  ),
  by: BY,
});

/** `GET /v1/composition`: what the tracks of each segment are, beyond their features. */
export function compositionRoute({ catalogue }: Pick<AppDeps, 'catalogue'>): Route {
  const compositionOf = remembered((version) => catalogue.ask(version, 'composition', null));
  return route({
    method: 'GET',
    path: '/v1/composition',
    id: 'getComposition',
    tag: 'segments',
    summary: 'Genres and popularity inside each segment, segments inside each genre and year',
    scope: 'read',
    answer: { description: 'By cluster_id', schema: COMPOSITION, example: EXAMPLE_COMPOSITION },
    problems: NEEDS_CATALOGUE,
    async handle({ live: maybe }) {
      const live = needModel(maybe);
      const { segments, ...all } = await fromCatalogue(compositionOf(live.version));
      return {
        model_version: live.version,
        ...all,
        segments: segments.map((of) => ({
          ...of,
          segment: live.segmentNames[of.cluster_id]!,
          colour: SEGMENT_COLOURS[colourOf(live.model.segments[of.cluster_id]!)]!,
        })),
      };
    },
  });
}

const EXAMPLE_COMPOSITION = {
  model_version: EXAMPLE_VERSION,
  tracks: 4996,
  catalogue_tracks: 4996,
  segments: [
    {
      cluster_id: 0,
      segment: EXAMPLE_SEGMENT,
      colour: '#0072B2',
      tracks: 1761,
      genres: [{ genre: 'pop', tracks: 120, lift: 1.7 }],
      other_genres: 1600,
      without_genre: 41,
      popularity: [0, 2, 8, 15, 21, 27, 33, 40, 47, 56, 89],
    },
  ],
  by: {
    genres: [{ genre: 'pop', tracks: [120] }],
    other_genres: [1600],
    without_genre: [41],
    years: [{ year: 2019, tracks: [1702] }],
    without_year: [59],
  },
};
