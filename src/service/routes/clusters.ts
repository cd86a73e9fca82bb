import { type Static, Type } from 'typebox';
import type { Frozen } from '../../core/types.js';
import type { Segment } from '../../models/format.js';
import { REVIEW_SD, reviewOf } from '../../models/pins.js';
import { colourOf, SEGMENT_COLOURS } from '../../training/identity/colours.js';
import { type LiveModel, needModel } from '../live-model.js';
import { askedPage, LINK, NEXT, nextLink, PAGE_QUERY, pageNotFound } from '../page.js';
import { EXAMPLE_SEGMENT_ID, SEGMENT_ID, WORDS } from '../prediction-schema.js';
import { Problem } from '../problem.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';

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
  colour: Type.String({
    pattern: '^#[0-9A-F]{6}$',
    description: 'Its own in every version, and unlike those of its neighbours',
  }),
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

const CLUSTERS = Type.Object({ model_version: Type.String(), clusters: Type.Array(CLUSTER), next: NEXT });

/** Where a page ended. It names the version, so that pages never mix two. */
const POSITION = Type.Object(
  { model_version: Type.String(), cluster_id: Type.Integer({ minimum: 0 }) },
  { additionalProperties: false },
);

const ONE_CLUSTER = Type.Object({ model_version: Type.String(), cluster: CLUSTER });

type Cluster = Frozen<Static<typeof CLUSTER>>;

/** `GET /v1/clusters` and one of them: the segments of the model in production. */
export function clusterRoutes(): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/clusters',
      id: 'listClusters',
      tag: 'segments',
      summary: 'The segments of the model in production',
      description:
        'A cursor is of one model version: after a promotion, begin again without one (page_not_found says so).',
      scope: 'read',
      query: PAGE_QUERY,
      answer: {
        description: 'By cluster_id',
        schema: CLUSTERS,
        headers: [LINK],
        example: { model_version: EXAMPLE_VERSION, clusters: [EXAMPLE], next: null },
      },
      problems: ['page_not_found', 'no_model'],
      handle({ live: maybe, query }) {
        const live = needModel(maybe);
        const ask = askedPage(query, POSITION);
        if (ask.after !== undefined && ask.after.model_version !== live.version)
          throw pageNotFound(`${live.version} is in production now; the cursor is of another version.`);
        const start = ask.after === undefined ? 0 : ask.after.cluster_id + 1;
        const page = live.model.segments.slice(start, start + ask.limit);
        const more = start + page.length < live.model.segments.length;
        const last = { model_version: live.version, cluster_id: start + page.length - 1 };
        return {
          model_version: live.version,
          clusters: page.map((segment) => describe(live, segment)),
          next: nextLink('/v1/clusters', ask, more ? last : undefined),
        };
      },
    }),
    route({
      method: 'GET',
      path: '/v1/clusters/{cluster_id}',
      id: 'getCluster',
      tag: 'segments',
      summary: 'One segment',
      scope: 'read',
      params: [
        {
          name: 'cluster_id',
          description: 'The number that it has in this model version, or its permanent segment_id',
          schema: Type.String({ pattern: '^(?:0|[1-9]\\d*|seg_[a-z2-7]{10})$' }),
          example: '0',
          absent: 'cluster_not_found',
        },
      ],
      answer: {
        description: 'Its name, size and profile',
        schema: ONE_CLUSTER,
        example: { model_version: EXAMPLE_VERSION, cluster: EXAMPLE },
      },
      problems: ['no_model'],
      handle(ask) {
        const live = needModel(ask.live);
        const asked = ask.params['cluster_id'];
        const segment = live.model.segments.find(
          ({ cluster_id, segment_id }) => segment_id === asked || String(cluster_id) === asked,
        );
        if (segment === undefined) throw new Problem('cluster_not_found');
        return { model_version: live.version, cluster: describe(live, segment) };
      },
    }),
  ];
}

function describe(live: LiveModel, segment: Segment): Cluster {
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

const EXAMPLE: Cluster = {
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
