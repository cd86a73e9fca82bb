import type { AppDeps } from '../deps.js';
import { DRIFT, DRIFT_QUERY } from '../drift-schema.js';
import { needModel } from '../live-model.js';
import { EXAMPLE_SEGMENT_ID } from '../prediction-schema.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';

/** `GET /v1/drift`: whether what is asked still looks like what the model was trained on. */
export function driftRoute({ drift }: Pick<AppDeps, 'drift'>): Route {
  return route({
    method: 'GET',
    path: '/v1/drift',
    id: 'getDrift',
    tag: 'models',
    summary: 'What was asked against what the model was trained on',
    description:
      'Counts every track that was put into a segment by any process of this service, over restarts. Says what differs, whether that is more than chance and large enough to matter, and what could not have been seen.',
    scope: 'read',
    query: DRIFT_QUERY,
    answer: { description: 'The comparison, finding by finding', schema: DRIFT, example: EXAMPLE },
    problems: ['no_model'],
    handle: async ({ live, query }) => drift(needModel(live), query.days),
  });
}

const EXAMPLE = {
  model_version: EXAMPLE_VERSION,
  window: { from: '2026-11-17', to: '2026-11-23' },
  tracks: 1000,
  refused: 3,
  verdict: 'none' as const,
  smallest_visible_shift: 0.1135,
  false_alarm_share: 0.05,
  features: [
    {
      feature: 'tempo',
      unit: 'BPM',
      reference: { n: 5498, mean: 121.4, sd: 29.8 },
      current: { n: 1000, mean: 122.1, sd: 30.2, below: 0, above: 0, left_out: 0 },
      smallest_visible_shift: 0.1135,
      verdict: 'none' as const,
    },
  ],
  segments: [
    {
      cluster_id: 0,
      segment_id: EXAMPLE_SEGMENT_ID,
      name: { en: 'danceable, fast', es: 'bailable, rápido' },
      reference_share: 0.31,
      current_share: 0.3,
      tracks: 300,
    },
  ],
  findings: [
    {
      subject: 'tempo',
      measure: 'mean' as const,
      z: 0.68,
      effect: 0.0235,
      smallest_visible: 0.1135,
      verdict: 'none' as const,
    },
  ],
  kinds: [],
  before: {
    from: '2026-11-10',
    to: '2026-11-16',
    model_version: EXAMPLE_VERSION,
    tracks: 980,
    verdict: 'none' as const,
  },
  unreadable_files: [],
};
