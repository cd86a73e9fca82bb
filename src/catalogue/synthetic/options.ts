import { SegueError } from '../../core/errors.js';
import { DEFAULT_DIRT, DIRT_KINDS, type DirtKind, type DirtRates } from './dirt.js';

export interface SyntheticOptions {
  /** Rows of data, 1 to a thousand million. */
  readonly tracks: number;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  /** Rates that differ from DEFAULT_DIRT. */
  readonly dirt?: { readonly [kind in DirtKind]?: number | undefined } | undefined;
}

/** Options with every rate given. */
export interface CheckedOptions {
  readonly tracks: number;
  readonly seed: number;
  readonly dirt: DirtRates;
}

/** Rows are named by 32 bits, so that this is far from where anything repeats. */
const MAX_TRACKS = 1_000_000_000;
const MAX_SEED = 0xffffffff;
const ROUNDING = 1e-9; // ten rates of 0.1 sum to a little more or less than 1

/**
 * Fills in the defaults.
 *
 * @throws SegueError SEGUE_USAGE for a count, a seed or a rate out of its range, or faults that add up to more than all rows
 */
export function checkedOptions({ tracks, seed, dirt = {} }: SyntheticOptions): CheckedOptions {
  requireInteger('The number of tracks', tracks, 1, MAX_TRACKS);
  requireInteger('The seed', seed, 0, MAX_SEED);
  const given = Object.fromEntries(Object.entries(dirt).filter(([, rate]) => rate !== undefined));
  const rates: DirtRates = { ...DEFAULT_DIRT, ...given };
  requireKnown(Object.keys(rates));
  for (const { kind } of DIRT_KINDS) requireRate(kind, rates[kind]);
  const faults = DIRT_KINDS.filter(({ rejectedAs }) => rejectedAs !== null);
  const sum = faults.reduce((total, { kind }) => total + rates[kind], 0);
  if (sum > 1 + ROUNDING) {
    throw new SegueError('SEGUE_USAGE', {
      what: `The rates of ${faults.map(({ kind }) => kind).join(', ')} add up to more than all rows`,
      value: sum,
      limit: 1,
      mend: 'Lower one of them.',
    });
  }
  return { tracks, seed, dirt: rates };
}

function requireInteger(what: string, value: number, minimum: number, maximum: number): void {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
  throw new SegueError('SEGUE_USAGE', {
    what: `${what} is not a whole number in its range`,
    value,
    limit: `${minimum} to ${maximum}`,
    mend: 'Give a number within the limits.',
  });
}

function requireKnown(kinds: readonly string[]): void {
  const known: readonly string[] = DIRT_KINDS.map(({ kind }) => kind);
  const unknown = kinds.find((kind) => !known.includes(kind));
  if (unknown === undefined) return;
  throw new SegueError('SEGUE_USAGE', {
    what: 'There is no such kind of dirt',
    value: unknown,
    limit: known.join(', '),
    mend: 'Name one of these.',
  });
}

function requireRate(kind: string, rate: number): void {
  if (rate >= 0 && rate <= 1) return;
  throw new SegueError('SEGUE_USAGE', {
    what: `The rate of ${kind} is not a share of rows`,
    value: rate,
    limit: '0 to 1',
    mend: 'Give a share; 0.001 is one row in a thousand.',
  });
}
