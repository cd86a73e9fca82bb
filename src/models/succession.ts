import { type Static, Type } from '../core/typebox.js';
import type { Frozen } from '../core/types.js';
import { SEGMENT_ID_PATTERN } from '../training/identity/segment-id.js';

const Id = Type.String({ pattern: SEGMENT_ID_PATTERN });
const Ids = Type.Array(Id);

/** What becomes of production's segments when a version takes its place; by permanent ids, which are never given again. */
export const SuccessionSchema = Type.Object(
  {
    /** Version in production when this one was trained; null for none that it could be compared with. */
    parent: Type.Union([Type.String(), Type.Null()]),
    /** Share of the training rows whose segment keeps its id; 0 where there was none before. */
    kept_share: Type.Number({ minimum: 0, maximum: 1 }),
    /** Segments that go on; `changed` ones have lost or won many tracks. */
    continued: Type.Array(
      Type.Object({
        segment_id: Id,
        event: Type.Enum(['continued', 'changed']),
        /** Tracks in both over tracks in either. */
        jaccard: Type.Number({ minimum: 0, maximum: 1 }),
        /** How far its centre moved, in standard deviations of the parent's features. */
        moved: Type.Number({ minimum: 0 }),
      }),
    ),
    born: Ids,
    retired: Ids,
    /** Several segments that each consist mostly of tracks of one before. */
    split: Type.Array(Type.Object({ from: Id, into: Ids })),
    /** Several segments before that each are mostly in one. */
    merged: Type.Array(Type.Object({ from: Ids, into: Id })),
  },
  { additionalProperties: false },
);

export type Succession = Frozen<Static<typeof SuccessionSchema>>;
