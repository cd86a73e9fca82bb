import { DIRT_KINDS, EXPECTED_REASONS, type ExpectedReason } from './dirt.js';
import { type CheckedOptions, checkedOptions, type SyntheticOptions } from './options.js';
import { type InjectedDirt, MAX_ROW_BYTES, rowsOf } from './rows.js';

/** Rows in each chunk but the last, which may have fewer; about 150 kB. */
export const TRACKS_PER_CHUNK = 1024;

/** What a synthetic catalogue holds, counted while it was written. */
export interface SyntheticCounts {
  readonly tracks: number;
  /** Rows with each kind of dirt. */
  readonly injected: Readonly<InjectedDirt>;
  /** What T1 reports for it with the default rules, exactly. */
  readonly expected: {
    readonly read: number;
    readonly kept: number;
    readonly rejected: Readonly<Record<ExpectedReason, number>>;
  };
}

/**
 * A catalogue of made-up tracks as CSV (UTF-8, LF) with the columns of Kaggle's "Spotify 1 Million Tracks" in its order, and marginals,
 * correlations and segments like those of its real tracks. The same options give the same bytes, and a longer catalogue begins with the
 * rows of a shorter one. Only one chunk is held in memory.
 *
 * @returns the chunks; the generator's last value is the counts
 * @throws SegueError SEGUE_USAGE for options out of their range
 */
export function syntheticCatalogue(options: SyntheticOptions): Generator<Uint8Array, SyntheticCounts, void> {
  return chunks(checkedOptions(options)); // so that wrong options are told at the call, not at the first chunk
}

function* chunks({ tracks, seed, dirt }: CheckedOptions): Generator<Uint8Array, SyntheticCounts, void> {
  const rows = rowsOf(seed, dirt);
  const scratch = new Uint8Array((TRACKS_PER_CHUNK + 1) * MAX_ROW_BYTES);
  scratch.set(rows.header);
  let at = rows.header.length;
  for (let row = 0; row < tracks; row += 1) {
    at = rows.putRow(scratch, at, row);
    if ((row + 1) % TRACKS_PER_CHUNK === 0 || row + 1 === tracks) {
      yield scratch.slice(0, at);
      at = 0;
    }
  }
  return countsOf(tracks, rows.injected);
}

function countsOf(tracks: number, injected: Readonly<InjectedDirt>): SyntheticCounts {
  const rejected = Object.fromEntries(EXPECTED_REASONS.map((reason) => [reason, 0])) as Record<
    ExpectedReason,
    number
  >;
  for (const { kind, rejectedAs } of DIRT_KINDS)
    if (rejectedAs !== null) rejected[rejectedAs] += injected[kind];
  const lost = EXPECTED_REASONS.reduce((sum, reason) => sum + rejected[reason], 0);
  return { tracks, injected: { ...injected }, expected: { read: tracks, kept: tracks - lost, rejected } };
}
