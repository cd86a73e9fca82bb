import { Type } from '../core/typebox.js';
import type { FeatureContract } from '../features/contract.js';
import { MAX_ID } from '../playlists/layout.js';
import { targetSchema } from './feature-schema.js';
import { CLUSTER_ID, SEGMENT, SEGMENT_ID } from './prediction-schema.js';

/** Most ids in one request. */
export const MOST_IDS = 10_000;

const TEXT = Type.Union([Type.String(), Type.Null()]);

export const TRACK_ID = Type.String({
  minLength: 1,
  maxLength: MAX_ID,
  description: 'Id of a track in the catalogue',
});

/** The body of `POST /v1/playlists`. */
export function playlistBody(contract: FeatureContract) {
  return Type.Object(
    {
      segment: Type.Optional(
        Type.Union([CLUSTER_ID, SEGMENT_ID], {
          description: 'Tracks of this segment, near its centre: a cluster_id, or a permanent segment_id',
        }),
      ),
      seed_track: Type.Optional(
        Type.String({ ...TRACK_ID, description: 'Tracks like this one, which itself does not come' }),
      ),
      target: Type.Optional(targetSchema(contract)),
      length: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 200, default: 25, description: 'Tracks wanted' }),
      ),
      variety: Type.Optional(
        Type.Number({
          minimum: 0,
          maximum: 1,
          default: 0.3,
          description: '0: the nearest tracks; 1: drawn from about 16 times as many',
        }),
      ),
      min_popularity: Type.Optional(
        Type.Number({ description: 'Less popular tracks, and those of unknown popularity, do not come' }),
      ),
      genres: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
          minItems: 1,
          maxItems: 50,
          description: 'Only tracks of these genres, whatever their case',
        }),
      ),
      exclude: Type.Optional(
        Type.Array(TRACK_ID, {
          maxItems: MOST_IDS,
          description:
            'Tracks that must not come, nor the same song under another id; unknown ids are ignored',
        }),
      ),
      seed: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 4_294_967_295,
          default: 0,
          description: 'Draws another list; the same request to the same model version gives the same bytes',
        }),
      ),
    },
    {
      description: 'Exactly one of segment, seed_track and target; the rest is optional.',
      additionalProperties: false,
      oneOf: [{ required: ['segment'] }, { required: ['seed_track'] }, { required: ['target'] }],
    },
  );
}

/** A track of the catalogue. */
export function trackSchema(contract: FeatureContract) {
  return Type.Object(trackMembers(contract));
}

/** A track that was searched for. */
export function foundTrack(contract: FeatureContract) {
  return Type.Object({
    row: Type.Integer({ minimum: 0, description: 'As the map has it' }),
    ...trackMembers(contract),
  });
}

/** A track of a list. */
export function placedTrack(contract: FeatureContract, distance: string) {
  return Type.Object({
    ...trackMembers(contract),
    distance: Type.Number({ minimum: 0, description: distance }),
  });
}

function trackMembers(contract: FeatureContract) {
  const features = Object.fromEntries(contract.features.map(({ name }) => [name, Type.Number()]));
  return {
    track_id: Type.String(),
    artist_name: TEXT,
    track_name: TEXT,
    genre: TEXT,
    popularity: Type.Union([Type.Number(), Type.Null()]),
    features: Type.Object(features),
    cluster_id: CLUSTER_ID,
    segment: SEGMENT,
  };
}

export const CHOSEN_FROM = Type.Object(
  {
    tracks: Type.Integer({ minimum: 0, description: 'Tracks that are held' }),
    sampled_from: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
      description: 'Tracks of the whole catalogue, where those held are a sample of it; else null',
    }),
  },
  { description: 'What was chosen from' },
);

/** The answer of `POST /v1/playlists`. */
export function playlistAnswer(contract: FeatureContract) {
  const step = Type.Number({ minimum: 0 });
  return Type.Object({
    model_version: Type.String({ description: 'Version of the model that answered' }),
    tracks: Type.Array(
      placedTrack(
        contract,
        'To what the list starts from, over the features that count, in standard deviations',
      ),
      { description: 'In playing order: tempo changes little, and no artist comes twice in a row' },
    ),
    mean_distance: Type.Union([step, Type.Null()], {
      description: 'Mean of the distances; null for an empty list',
    }),
    tempo_steps: Type.Union([Type.Object({ largest: step, total: step }), Type.Null()], {
      description:
        'Largest and summed change of tempo from a track to the next, in BPM; null where the catalogue has no tempo',
    }),
    shortfall: Type.Union(
      [
        Type.Object({
          missing: Type.Integer({ minimum: 1 }),
          reason: Type.Enum(['too_few_tracks', 'too_few_artists'], {
            description:
              'No more tracks pass the filters; or too many of them are by the same artists to be kept apart',
          }),
        }),
        Type.Null(),
      ],
      { description: 'Why the list is shorter than asked for; null when it is not' },
    ),
    catalogue: CHOSEN_FROM,
  });
}
