/** Reasons for which T1 rejects a row that was made dirty on purpose, in the order in which its rules are applied. */
export const EXPECTED_REASONS = ['null_value', 'tempo_out_of_range', 'duplicate_track_id'] as const;

export type ExpectedReason = (typeof EXPECTED_REASONS)[number];

interface DirtDescription {
  readonly kind: string;
  readonly description: string;
  /** What T1 rejects such a row for; null where the row is right and only hard to read. */
  readonly rejectedAs: ExpectedReason | null;
}

/**
 * The quirks of real files that a synthetic catalogue can have, each at a rate of its own. A rate is the share of rows, from 0 to 1; that
 * of `scientific` is a share of the rows that hold a number below 0.0001.
 *
 * A row has at most one of the kinds that get it rejected, and any number of the others.
 */
export const DIRT_KINDS = [
  { kind: 'null', rejectedAs: 'null_value', description: 'rows with an empty cell' },
  {
    kind: 'tempo_zero',
    rejectedAs: 'tempo_out_of_range',
    description: 'rows with tempo 0, and danceability, speechiness, valence and time_signature 0 as well',
  },
  { kind: 'tempo_300', rejectedAs: 'tempo_out_of_range', description: 'rows with tempo 300' },
  {
    kind: 'repeated_id',
    rejectedAs: 'duplicate_track_id',
    description: 'rows with the track id of an earlier row that is kept',
  },
  { kind: 'comma', rejectedAs: null, description: 'rows with a comma in a quoted name' },
  { kind: 'quote', rejectedAs: null, description: 'rows with doubled quotes in a quoted name' },
  { kind: 'line_break', rejectedAs: null, description: 'rows with a line break in a quoted name' },
  { kind: 'non_ascii', rejectedAs: null, description: 'rows with accents, other scripts or emoji in a name' },
  {
    kind: 'scientific',
    rejectedAs: null,
    description:
      'of the rows with a number below 0.0001, those that write it as 7.02e-06; others write 0.00000702',
  },
] as const satisfies readonly DirtDescription[];

export type DirtKind = (typeof DIRT_KINDS)[number]['kind'];

export type DirtRates = Readonly<Record<DirtKind, number>>;

/** A kind for which T1 rejects the row. */
export type Fault = Extract<(typeof DIRT_KINDS)[number], { rejectedAs: ExpectedReason }>['kind'];

/** Names as often odd as in Kaggle's file, zero tempos too, and enough of the rest that each rule of T1 has work. */
export const DEFAULT_DIRT: DirtRates = {
  null: 0.0005,
  tempo_zero: 0.0006,
  tempo_300: 0.0001,
  repeated_id: 0.001,
  comma: 0.036,
  quote: 0.01,
  line_break: 0.001,
  non_ascii: 0.087,
  scientific: 1,
};

/** ASCII names without quotes, plain decimals, and every row kept. */
export const CLEAN: DirtRates = {
  null: 0,
  tempo_zero: 0,
  tempo_300: 0,
  repeated_id: 0,
  comma: 0,
  quote: 0,
  line_break: 0,
  non_ascii: 0,
  scientific: 0,
};
