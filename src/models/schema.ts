import { type Static, Type } from '../core/typebox.js';
import type { Frozen, Same } from '../core/types.js';
import { K_MODES } from '../training/fit-segments.js';
import { SEGMENT_COLOURS } from '../training/identity/colours.js';
import { IDENTITY_EVENTS } from '../training/identity/match.js';
import { SEGMENT_ID_PATTERN } from '../training/identity/segment-id.js';
import { MODEL_FORMAT, type Model } from './format.js';

/** Form of a version's name; nothing else is ever looked up as a folder. */
export const VERSION_PATTERN = '^m-[0-9a-f]{12}$';

export const HASH_PATTERN = '^[0-9a-f]{64}$';

const exact = { additionalProperties: false } as const;
const count = Type.Integer({ minimum: 0 });
const text = Type.String({ minLength: 1 });
const words = Type.Object({ en: Type.String(), es: Type.String() }, exact);
const perFeature = Type.Array(Type.Number(), { minItems: 1 });

const Feature = Type.Object(
  {
    name: text,
    unit: Type.String(),
    description: words,
    high: words,
    low: words,
    catalogue: Type.Object({ min: Type.Number(), max: Type.Optional(Type.Number()) }, exact),
    request: Type.Object(
      {
        minimum: Type.Optional(Type.Number()),
        exclusiveMinimum: Type.Optional(Type.Number()),
        maximum: Type.Optional(Type.Number()),
      },
      exact,
    ),
    aliases: Type.Array(Type.String()),
    example: Type.Number(),
  },
  exact,
);

const distance = Type.Number({ minimum: 0 });

const Distances = Type.Object(
  { p50: distance, p90: distance, p95: distance, p99: distance, p99_9: distance, max: distance },
  exact,
);

const Identity = Type.Object(
  {
    event: Type.Enum([...IDENTITY_EVENTS]),
    from: Type.Union([count, Type.Null()]),
    jaccard: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
  },
  exact,
);

const Segment = Type.Object(
  {
    cluster_id: count,
    segment_id: Type.String({ pattern: SEGMENT_ID_PATTERN }),
    identity: Identity,
    /** Position in SEGMENT_COLOURS; follows the permanent id. */
    colour: Type.Optional(Type.Integer({ minimum: 0, maximum: SEGMENT_COLOURS.length - 1 })),
    name: words,
    rows: count,
    share: Type.Number({ minimum: 0, maximum: 1 }),
    distances: Type.Union([Distances, Type.Null()]),
  },
  exact,
);

const FeatureReference = Type.Object(
  {
    feature: text,
    n: count,
    mean: Type.Number(),
    sd: Type.Number({ minimum: 0 }),
    kurtosis: Type.Number(),
    min: Type.Number(),
    max: Type.Number(),
    decile_edges: Type.Array(Type.Number(), { minItems: 9, maxItems: 9 }),
    decile_counts: Type.Array(count, { minItems: 10, maxItems: 10 }),
  },
  exact,
);

const FitReference = Type.Object(
  {
    rows: Type.Integer({ minimum: 1 }),
    mean_distance: distance,
    sd_distance: distance,
    boundary_share: Type.Number({ minimum: 0, maximum: 1 }),
  },
  exact,
);

const TrainingSettings = Type.Object(
  {
    k: Type.Integer({ minimum: 1 }),
    k_mode: Type.Enum(K_MODES),
    seed: Type.Integer(),
    starts: Type.Integer({ minimum: 1 }),
    start: Type.Enum(['warm', 'cold']),
    max_iterations: Type.Integer({ minimum: 1 }),
    tolerance: Type.Number({ minimum: 0 }),
  },
  exact,
);

const Lineage = Type.Object(
  {
    segue_version: text,
    cleaned_data_hash: text,
    split_seed: Type.Integer(),
    train_rows: count,
    test_rows: count,
  },
  exact,
);

/** JSON Schema of `model.json`. Lengths that depend on each other, and the hash, are checked by `parseModel`. */
export const ModelSchema = Type.Object(
  {
    version: Type.String({ pattern: VERSION_PATTERN }),
    hash: Type.String({ pattern: HASH_PATTERN }),
    parent: Type.Union([Type.String({ pattern: VERSION_PATTERN }), Type.Null()]),
    format: Type.Literal(MODEL_FORMAT),
    contract: Type.Object(
      { name: text, version: Type.Integer(), features: Type.Array(Feature, { minItems: 1 }) },
      exact,
    ),
    scaler: Type.Object(
      { mean: perFeature, sd: Type.Array(Type.Number({ exclusiveMinimum: 0 }), { minItems: 1 }) },
      exact,
    ),
    centroids: Type.Array(perFeature, { minItems: 1 }),
    segments: Type.Array(Segment, { minItems: 1 }),
    reference: Type.Array(FeatureReference, { minItems: 1 }),
    fit: Type.Optional(FitReference),
    training: TrainingSettings,
    lineage: Lineage,
  },
  exact,
);

/** Fails to compile when schema and type part ways. */
true satisfies Same<Frozen<Static<typeof ModelSchema>>, Model>;
