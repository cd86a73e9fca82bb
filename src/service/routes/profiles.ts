import type { Static } from '../../core/typebox.js';
import type { Frozen } from '../../core/types.js';
import type { FeatureContract } from '../../features/contract.js';
import type { Listened } from '../../playlists/profile.js';
import type { AppDeps } from '../deps.js';
import { exampleTrack } from '../feature-schema.js';
import { needModel } from '../live-model.js';
import { fromCatalogue } from '../need-catalogue.js';
import { EXAMPLE_SEGMENT_ID } from '../prediction-schema.js';
import { profileAnswer, profileBody } from '../profile-schema.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';

const BODY_BYTES = 4 * 1024 * 1024;

type Body = Frozen<Static<ReturnType<typeof profileBody>>>;

/** `POST /v1/profiles`. */
export function profileRoutes({
  contract,
  catalogue,
}: Pick<AppDeps, 'contract' | 'catalogue'>): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/profiles',
      id: 'describeListener',
      tag: 'playlists',
      summary: 'What a listener likes, and tracks to suggest',
      description:
        'From the ids or the features of up to 10,000 tracks: the share of each segment, centre and spread, the nearest segments, and songs that are not among those tracks. Nothing of it is kept.',
      scope: 'predict',
      body: {
        schema: profileBody(contract),
        limitBytes: BODY_BYTES,
        example: { tracks: [exampleTrack(contract)], suggestions: 10 },
      },
      answer: { description: 'The profile', schema: profileAnswer(contract), example: exampleOf(contract) },
      problems: ['no_model', 'catalogue_loading', 'no_catalogue'],
      async handle(ask) {
        const live = needModel(ask.live);
        const { suggestions = 10 } = ask.body;
        const request = { listened: listenedOf(contract, ask.body), suggestions };
        const profile = await fromCatalogue(catalogue.ask(live.version, 'profile', request));
        const named = <T extends { readonly cluster_id: number }>(of: T) => ({
          ...of,
          segment: live.segmentNames[of.cluster_id]!,
        });
        return {
          model_version: live.version,
          ...profile,
          segments: profile.segments.map(named),
          nearest_segments: profile.nearest_segments.map(named),
          suggestions: profile.suggestions.map(named),
        };
      },
    }),
  ];
}

/** Features go to the other thread as one array: thousands of objects would take longer than the work. */
function listenedOf({ features }: FeatureContract, { track_ids: trackIds, tracks = [] }: Body): Listened {
  if (trackIds !== undefined) return { trackIds };
  const values = new Float64Array(tracks.length * features.length);
  tracks.forEach((track, i) => {
    features.forEach(({ name }, j) => {
      values[i * features.length + j] = track[name]!;
    });
  });
  return { values };
}

function exampleOf(contract: FeatureContract) {
  const segment = { segment_id: EXAMPLE_SEGMENT_ID, name: { en: 'vocal, cheerful', es: 'vocal, alegre' } };
  const track = exampleTrack(contract);
  return {
    model_version: EXAMPLE_VERSION,
    tracks: { given: 2, known: 1, unknown: 1 },
    unknown_track_ids: ['0000000000000000000002'],
    segments: [{ cluster_id: 0, segment, tracks: 1, share: 1 }],
    centre: Object.entries(track).map(([feature, mean]) => ({ feature, mean, sd: 0 })),
    nearest_segments: [{ cluster_id: 0, segment, distance: 0.4112 }],
    suggestions: [
      {
        track_id: '0000000000000000000003',
        artist_name: 'An artist',
        track_name: 'Another track',
        genre: 'pop',
        popularity: 41,
        features: track,
        cluster_id: 0,
        segment,
        distance: 0.0143,
      },
    ],
    catalogue: { tracks: 4996, sampled_from: null },
  };
}
