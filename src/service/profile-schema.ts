import { Type } from '../core/typebox.js';
import type { FeatureContract } from '../features/contract.js';
import { trackSchema } from './feature-schema.js';
import { CHOSEN_FROM, MOST_IDS, placedTrack, TRACK_ID } from './playlist-schema.js';
import { CLUSTER_ID, SEGMENT } from './prediction-schema.js';

const COUNT = Type.Integer({ minimum: 0 });

/** The body of `POST /v1/profiles`. */
export function profileBody(contract: FeatureContract) {
  return Type.Object(
    {
      track_ids: Type.Optional(
        Type.Array(TRACK_ID, {
          minItems: 1,
          maxItems: MOST_IDS,
          description: 'What the listener knows; an id that comes twice counts twice',
        }),
      ),
      tracks: Type.Optional(
        Type.Array(trackSchema(contract), {
          minItems: 1,
          maxItems: MOST_IDS,
          description: 'The same by features, for tracks that the catalogue may not have',
        }),
      ),
      suggestions: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 50,
          default: 10,
          description: 'Tracks to suggest beyond the known ones',
        }),
      ),
    },
    {
      description: 'Exactly one of track_ids and tracks.',
      additionalProperties: false,
      oneOf: [{ required: ['track_ids'] }, { required: ['tracks'] }],
    },
  );
}

/** The answer of `POST /v1/profiles`. */
export function profileAnswer(contract: FeatureContract) {
  return Type.Object({
    model_version: Type.String({ description: 'Version of the model that answered' }),
    tracks: Type.Object({ given: COUNT, known: COUNT, unknown: COUNT }),
    unknown_track_ids: Type.Array(Type.String(), {
      maxItems: 100,
      description: 'Ids that the catalogue does not have, each once; the first 100 of them',
    }),
    segments: Type.Array(
      Type.Object({
        cluster_id: CLUSTER_ID,
        segment: SEGMENT,
        tracks: COUNT,
        share: Type.Number({ minimum: 0, maximum: 1, description: 'Of the known tracks' }),
      }),
      { description: 'Every segment, by cluster_id' },
    ),
    centre: Type.Union(
      [
        Type.Array(
          Type.Object({ feature: Type.String(), mean: Type.Number(), sd: Type.Number({ minimum: 0 }) }),
          {
            description:
              'In the units of each feature; the spread is that of the tracks given (n, not n - 1)',
          },
        ),
        Type.Null(),
      ],
      { description: 'Mean and standard deviation of the known tracks; null where none is known' },
    ),
    nearest_segments: Type.Array(
      Type.Object({
        cluster_id: CLUSTER_ID,
        segment: SEGMENT,
        distance: Type.Number({ minimum: 0, description: 'From centre to centre, in standard deviations' }),
      }),
      { description: 'Every segment, the nearest first; none where no track is known' },
    ),
    suggestions: Type.Array(
      placedTrack(contract, 'To the centre of the known tracks of its segment, in standard deviations'),
      {
        description:
          'Unknown songs, shared out over the segments as the known ones are; one of each artist, the nearest first',
      },
    ),
    catalogue: CHOSEN_FROM,
  });
}
