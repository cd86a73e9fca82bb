import { type Static, Type } from '../core/typebox.js';
import type { Frozen } from '../core/types.js';
import type { Segment } from '../models/format.js';
import { REVIEW_SD, reviewOf } from '../models/pins.js';
import { colourOf, SEGMENT_COLOURS } from '../training/identity/colours.js';
import type { LiveModel } from './live-model.js';
import { NEXT } from './page.js';
import { EXAMPLE_SEGMENT_ID, SEGMENT_ID, WORDS } from './prediction-schema.js';

const COUNT = Type.Integer({ minimum: 0 });
const RATIO = Type.Number({ minimum: 0, maximum: 1 });
const TEXT = Type.Union([Type.String(), Type.Null()]);

const FEATURE = Type.Object({
  feature: Type.String(),
  mean: Type.Number(),
  sd: Type.Number({ minimum: 0 }),
  contrast: Type.Number({ description: '(mean - catalogue mean) / catalogue sd: how the segment differs' }),
  deciles: Type.Array(Type.Number(), {
    description: 'Eleven values: least, the nine inner deciles, largest',
  }),
});

const TRACK = Type.Object({
  track_id: Type.String(),
  artist_name: TEXT,
  track_name: TEXT,
  genre: TEXT,
  popularity: Type.Union([Type.Number(), Type.Null()]),
});

const EXEMPLAR = Type.Object({
  distance: Type.Number({ minimum: 0, description: 'To the centre of the segment, in standard deviations' }),
  track: Type.Union([TRACK, Type.Null()]),
});

export const COLOUR = Type.String({
  pattern: '^#[0-9A-F]{6}$',
  description: 'Its own in every version, and unlike those of its neighbours',
});

const CLUSTER = Type.Object({
  cluster_id: Type.Integer({ minimum: 0, description: 'Its number in this model version' }),
  segment_id: SEGMENT_ID,
  name: WORDS,
  name_pinned: Type.Boolean({ description: 'Whether people gave it that name' }),
  name_review: Type.Union(
    [
      Type.Object({
        feature: Type.String(),
        sd: Type.Number({ description: 'In standard deviations of the catalogue' }),
      }),
      Type.Null(),
    ],
    {
      description: `The feature that moved farthest since the name was pinned, where that is more than ${REVIEW_SD} standard deviations: see whether the name still fits`,
    },
  ),
  colour: COLOUR,
  rows: Type.Object(
    { train: COUNT, test: COUNT },
    { description: 'Tracks in it, on each side of the split' },
  ),
  share: Type.Object(
    { train: RATIO, test: RATIO },
    { description: 'Their share of all tracks of that side' },
  ),
  features: Type.Array(FEATURE, { description: 'Over its training tracks, in the units of each feature' }),
  exemplars: Type.Array(EXEMPLAR, {
    description: 'The tracks that are most like the segment, the nearest first',
  }),
});

/** A page of them. */
export const CLUSTERS = Type.Object({
  model_version: Type.String(),
  clusters: Type.Array(CLUSTER),
  next: NEXT,
});

export const ONE_CLUSTER = Type.Object({ model_version: Type.String(), cluster: CLUSTER });

type Cluster = Frozen<Static<typeof CLUSTER>>;

/** A segment as answers describe it. */
export function describeCluster(live: LiveModel, segment: Segment): Cluster {
  const { cluster_id, segment_id } = segment;
  const { rows, share, features, exemplars } = live.profile.segments[cluster_id]!;
  const pin = live.pins.get(segment_id);
  return {
    cluster_id,
    segment_id,
    name: live.segmentNames[cluster_id]!.name,
    name_pinned: pin !== undefined,
    name_review: (pin && reviewOf(pin, live.profile, cluster_id)) ?? null,
    colour: SEGMENT_COLOURS[colourOf(segment)]!,
    rows,
    share,
    features,
    exemplars: exemplars.map(({ distance, track }) => ({ distance, track })),
  };
}

export const EXAMPLE_CLUSTER: Cluster = {
  cluster_id: 0,
  segment_id: EXAMPLE_SEGMENT_ID,
  name: { en: 'vocal, cheerful', es: 'vocal, alegre' },
  name_pinned: false,
  name_review: null,
  colour: '#0072B2',
  rows: { train: 1412, test: 349 },
  share: { train: 0.3537, test: 0.3476 },
  features: [
    {
      feature: 'tempo',
      mean: 116.4,
      sd: 24.7,
      contrast: -0.18,
      deciles: [48.1, 84.9, 93.7, 99.8, 106.2, 115.1, 122.6, 128, 135.9, 148.3, 215.4],
    },
  ],
  exemplars: [
    {
      distance: 0.2143,
      track: {
        track_id: '0000000000000000000001',
        artist_name: 'An artist',
        track_name: 'A track',
        genre: 'pop',
        popularity: 41,
      },
    },
  ],
};
