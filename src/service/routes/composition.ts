import { Type } from 'typebox';
import type { AppDeps } from '../deps.js';
import { needModel } from '../live-model.js';
import { fromCatalogue, NEEDS_CATALOGUE } from '../need-catalogue.js';
import { EXAMPLE_SEGMENT, SEGMENT } from '../prediction-schema.js';
import { remembered } from '../remembered.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';

const COUNT = Type.Integer({ minimum: 0 });

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
      popularity: Type.Union([Type.Array(Type.Number()), Type.Null()], {
        description: 'Least, the nine inner deciles, largest; null where the catalogue doesn’t say',
      }),
    }),
  ),
});

/** `GET /v1/composition`: what the tracks of each segment are, beyond their features. */
export function compositionRoute({ catalogue }: Pick<AppDeps, 'catalogue'>): Route {
  const compositionOf = remembered((version) => catalogue.ask(version, 'composition', null));
  return route({
    method: 'GET',
    path: '/v1/composition',
    id: 'getComposition',
    tag: 'segments',
    summary: 'Genres and popularity inside each segment',
    scope: 'read',
    answer: { description: 'By cluster_id', schema: COMPOSITION, example: EXAMPLE_COMPOSITION },
    problems: NEEDS_CATALOGUE,
    async handle({ live: maybe }) {
      const live = needModel(maybe);
      const { segments } = await fromCatalogue(compositionOf(live.version));
      return {
        model_version: live.version,
        segments: segments.map((of) => ({ ...of, segment: live.segmentNames[of.cluster_id]! })),
      };
    },
  });
}

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
