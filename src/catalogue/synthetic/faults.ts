import type { DirtRates, Fault } from './dirt.js';
import { type Draws, SLOT } from './draws.js';

const TRIES = 16;

/** Which rows T1 will reject, and why. */
export interface Faults {
  /** The fault of a row; undefined for a row that is kept. */
  of(row: number): Fault | undefined;
  /** The earlier, kept row whose track id a row with a repeated one bears. */
  originalOf(row: number): number;
}

/**
 * Decides each row's fault from the row's number alone, without a memory of earlier ones. At most one fault meets a row, and a repeated
 * id is that of a row without a fault, so the reason for a rejection is never in doubt.
 */
export function faultsOf(rates: DirtRates, draws: Draws): Faults {
  const bounds: readonly (readonly [Fault, number])[] = cumulative(rates);

  const drawn = (row: number): Fault | undefined => {
    const share = draws.uniform(SLOT.fault, row);
    for (const [fault, bound] of bounds) if (share < bound) return fault;
    return undefined;
  };

  // The first row that isn't rejected for what it holds has nothing to repeat: it is kept even if it was drawn to repeat.
  let firstKept: number | undefined;
  const findFirstKept = (): number => {
    let row = 0;
    for (let fault = drawn(row); fault !== undefined && fault !== 'repeated_id'; fault = drawn(row)) row += 1;
    return row;
  };

  const of = (row: number): Fault | undefined => {
    const fault = drawn(row);
    if (fault !== 'repeated_id') return fault;
    firstKept ??= findFirstKept();
    return row === firstKept ? undefined : fault;
  };

  return {
    of,
    originalOf(row) {
      for (let i = 0; i < TRIES; i += 1) {
        const candidate = draws.below(SLOT.original + i, row, row);
        if (of(candidate) === undefined) return candidate;
      }
      return (firstKept ??= findFirstKept());
    },
  };
}

function cumulative(rates: DirtRates): [Fault, number][] {
  const faults: readonly Fault[] = ['null', 'tempo_zero', 'tempo_300', 'repeated_id'];
  let bound = 0;
  return faults.map((fault) => {
    bound += rates[fault];
    return [fault, bound];
  });
}
