import { type Static, Type } from '../core/typebox.js';
import type { Frozen, Same } from '../core/types.js';
import { MEASURES } from '../drift/finding.js';
import { KINDS } from '../drift/kinds.js';
import { VERDICTS } from '../drift/limits.js';
import { MOST_WINDOW_DAYS, type ServedDrift, WINDOW_DAYS } from '../drift/served.js';
import { VERSION_PATTERN } from '../models/schema.js';
import { SEGMENT_ID_PATTERN } from '../training/identity/segment-id.js';

/** What a window of drift is asked for by. */
export const DRIFT_QUERY = Type.Object({
  days: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MOST_WINDOW_DAYS,
      default: WINDOW_DAYS,
      description: `Days of the window (UTC), the one under way included; ${WINDOW_DAYS} unless given`,
    }),
  ),
});

const VERDICT = Type.Enum([...VERDICTS], {
  description:
    'none: a shift of 0.3 standard deviations would have been seen, and was not. not_enough_data: it could have been missed. warn: significant and larger than 0.1; alert: larger than 0.25, or a warning twice running',
});

const count = Type.Integer({ minimum: 0 });
const share = Type.Number({ minimum: 0, maximum: 1 });
const nullable = (schema: ReturnType<typeof Type.Number>) => Type.Union([schema, Type.Null()]);
const day = Type.String({ format: 'date', description: 'A day of UTC' });

const MOMENTS = {
  n: count,
  mean: nullable(Type.Number()),
  sd: nullable(Type.Number({ minimum: 0 })),
};

const VISIBLE = nullable(
  Type.Number({
    minimum: 0,
    description:
      'Least shift of a mean that would have been told, in standard deviations of the training rows',
  }),
);

const FINDING = Type.Object({
  subject: Type.String({
    description: 'A feature, or segments, distance, boundary, unassigned, refused',
  }),
  measure: Type.Enum([...MEASURES]),
  z: nullable(Type.Number({ description: 'How many standard errors apart' })),
  effect: nullable(
    Type.Number({
      description:
        'mean: standard deviations; sd: logarithm of the ratio; shape: population stability index; segments: Cohen’s w; boundary: Cohen’s h; else a share',
    }),
  ),
  smallest_visible: nullable(Type.Number({ description: 'Least effect that would have been told' })),
  verdict: VERDICT,
});

/** What was asked of the model against what it was trained on. */
export const DRIFT = Type.Object({
  model_version: Type.String({ pattern: VERSION_PATTERN }),
  window: Type.Object({ from: day, to: day }),
  tracks: Type.Integer({ minimum: 0, description: 'Tracks that were put into a segment' }),
  refused: Type.Integer({ minimum: 0, description: 'Tracks that broke a rule of the request' }),
  verdict: VERDICT,
  smallest_visible_shift: VISIBLE,
  false_alarm_share: Type.Number({
    description: 'Share of windows, at most, that tell of something where nothing changed',
  }),
  features: Type.Array(
    Type.Object({
      feature: Type.String(),
      unit: Type.String(),
      reference: Type.Object(MOMENTS),
      current: Type.Object({ ...MOMENTS, below: count, above: count, left_out: count }),
      smallest_visible_shift: VISIBLE,
      verdict: VERDICT,
    }),
  ),
  segments: Type.Array(
    Type.Object({
      cluster_id: count,
      segment_id: Type.String({ pattern: SEGMENT_ID_PATTERN }),
      name: Type.Object({ en: Type.String(), es: Type.String() }),
      reference_share: share,
      current_share: nullable(share),
      tracks: count,
    }),
  ),
  findings: Type.Array(FINDING),
  kinds: Type.Array(
    Type.Object({
      kind: Type.Enum([...KINDS], { description: 'Only population is drift' }),
      subject: Type.String(),
      why: Type.String(),
    }),
    { description: 'What would explain the warnings and alerts' },
  ),
  before: Type.Union(
    [
      Type.Object({ from: day, to: day, model_version: Type.String(), tracks: count, verdict: VERDICT }),
      Type.Null(),
    ],
    { description: 'The window before; null where nothing was asked in it' },
  ),
  unreadable_files: Type.Array(Type.String(), { description: 'Files of windows that are missing from it' }),
});

/** Fails to compile when schema and type part ways. */
true satisfies Same<Frozen<Static<typeof DRIFT>>, ServedDrift>;
