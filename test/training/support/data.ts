import * as fc from 'fast-check';
import { type Columns, columnsFromRows } from '#segue/core/columns.js';
import { seededRandom } from '#segue/core/random.js';
import type { Points } from '../../reference/points.js';

/** Columns with names of their own. */
export function columnsOf(rows: Points): Columns {
  return columnsFromRows(
    (rows[0] ?? [0]).map((_, j) => `x${j}`),
    rows,
  );
}

/** Rows that are likely to hold ties, repeated rows and lone ones: small whole numbers as well as fractions. */
export function anyRows(
  most = 60,
  features: readonly number[] = [1, 2, 4, 5, 6, 9, 32],
): fc.Arbitrary<number[][]> {
  const whole = fc.integer({ min: -3, max: 3 });
  const fraction = fc
    .double({ min: -100, max: 100, noNaN: true })
    .map((value) => (Math.abs(value) < 1e-100 ? 0 : value)); // a square must not vanish
  return fc
    .tuple(fc.constantFrom(...features), fc.constantFrom(whole, fraction, fc.oneof(whole, fraction)))
    .chain(([d, value]) =>
      fc.array(fc.array(value, { minLength: d, maxLength: d }), { minLength: 1, maxLength: most }),
    );
}

/** Rows from overlapping groups, enough for several blocks of work. */
export function groupedRows(rows: number, features: number, groups: number, seed: number): number[][] {
  const random = seededRandom(seed);
  const centres = Array.from({ length: groups }, () =>
    Array.from({ length: features }, () => 3 * random.normal()),
  );
  return Array.from({ length: rows }, () => {
    const centre = centres[random.below(groups)]!;
    return centre.map((value) => value + random.normal());
  });
}

/** The same items in another order. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  const order = items.map((item) => ({ item, at: random.next() }));
  return order.toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}
