import { ERROR_CODES } from '../core/errors.js';
import { type Static, Type } from '../core/typebox.js';
import { VERSION_STATES } from '../models/history.js';
import type { LedgerEntry } from '../models/ledger.js';
import { VERSION_PATTERN } from '../models/schema.js';
import type { VersionDetails, VersionSummary } from '../models/versions.js';
import { NEXT } from './page.js';
import { EXAMPLE_VERSION, type RouteParam } from './route.js';
import type { VersionContent } from './version-contents.js';

const OPEN_OBJECT = Type.Record(Type.String(), Type.Unknown());
const TIME = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);
const STATE = Type.Enum([...VERSION_STATES]);
/** Name of a version. */
export const VERSION = Type.String({ pattern: VERSION_PATTERN });

const SUMMARY = Type.Object({
  version: VERSION,
  state: STATE,
  pruned: Type.Boolean({ description: 'Whether its files were removed to make room' }),
  k: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], { description: 'Number of segments' }),
  registered_at: TIME,
  promoted_at: TIME,
  run: Type.Union([Type.String(), Type.Null()], { description: 'The run that made it' }),
  metrics: Type.Union([OPEN_OBJECT, Type.Null()], { description: 'WCSS and Silhouettes, train and test' }),
  damaged: Type.Union([Type.Object({ code: Type.String(), title: Type.String() }), Type.Null()], {
    description: 'Why its files cannot be used; null when they can',
  }),
});

const EVENT = Type.Object({
  time: Type.String({ format: 'date-time' }),
  event: Type.String(),
  version: VERSION,
  previous: Type.Union([VERSION, Type.Null()]),
  run: Type.Union([Type.String(), Type.Null()]),
  actor: Type.String(),
  reason: Type.Union([Type.String(), Type.Null()]),
});

/** A page of them. */
export const MODELS = Type.Object({ models: Type.Array(SUMMARY), next: NEXT });

export const DETAILS = Type.Object({
  version: VERSION,
  state: STATE,
  model: Type.Record(Type.String(), Type.Unknown(), {
    description: 'model.json: scaler, centroids, contract, lineage',
  }),
  metrics: OPEN_OBJECT,
  history: Type.Array(EVENT, { description: 'What the ledger says of it, the oldest first' }),
});

type Summary = Static<typeof SUMMARY>;
type Details = Static<typeof DETAILS>;

/** A version as lists have it. */
export function summarise({ content, ...known }: VersionSummary<VersionContent>): Summary {
  if ('error' in content) {
    const { code } = content.error;
    return { ...known, k: null, metrics: null, damaged: { code, title: ERROR_CODES[code].title } };
  }
  const { k, train, test } = content;
  return { ...known, k, metrics: { train: { ...train }, test: { ...test } }, damaged: null };
}

/** All that is known of a version. */
export function details(version: string, { state, model, metrics, history }: VersionDetails): Details {
  return {
    version,
    state,
    model: { ...model },
    metrics: metrics as Record<string, unknown>,
    history: history.map(eventOf),
  };
}

function eventOf({ time, event, version, previous, run, actor, reason }: LedgerEntry): Static<typeof EVENT> {
  return { time, event, version, previous, run, actor, reason: reason ?? null };
}

export const EXAMPLE_SUMMARY: Summary = {
  version: EXAMPLE_VERSION,
  state: 'production',
  pruned: false,
  k: 5,
  registered_at: '2026-11-23T05:00:41.120Z',
  promoted_at: '2026-11-23T05:00:41.133Z',
  run: '2026-11-23T05-00-00Z',
  metrics: { train: { rows: 3992, wcss: 9127.4, silhouette_euclidean: 0.2461 }, test: { rows: 1004 } },
  damaged: null,
};

export const EXAMPLE_DETAILS: Details = {
  version: EXAMPLE_VERSION,
  state: 'production',
  model: { format: 'segue-model/2', version: EXAMPLE_VERSION, parent: null },
  metrics: EXAMPLE_SUMMARY.metrics ?? {},
  history: [
    {
      time: '2026-11-23T05:00:41.133Z',
      event: 'promoted',
      version: EXAMPLE_VERSION,
      previous: null,
      run: '2026-11-23T05-00-00Z',
      actor: 'schedule',
      reason: null,
    },
  ],
};

/** The version that a path names. */
export const VERSION_PARAM: RouteParam = {
  name: 'version',
  description: 'Its name',
  schema: VERSION,
  example: EXAMPLE_VERSION,
  absent: 'model_not_found',
};
