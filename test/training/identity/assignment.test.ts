import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#segue/core/random.js';
import { optimalAssignment } from '#segue/training/identity/assignment.js';

type Matrix = readonly (readonly number[])[];

/** Every way to give each of so many rows a column of its own, or each column a row where rows are more. */
function* assignments(rows: number, columns: number): Generator<number[]> {
  if (rows > columns) {
    for (const rowOf of assignments(columns, rows)) {
      yield Array.from({ length: rows }, (_, row) => rowOf.indexOf(row));
    }
    return;
  }
  yield* extend([], rows, columns);
}

function* extend(begun: readonly number[], rows: number, columns: number): Generator<number[]> {
  if (begun.length === rows) {
    yield [...begun];
    return;
  }
  for (let column = 0; column < columns; column++) {
    if (!begun.includes(column)) yield* extend([...begun, column], rows, columns);
  }
}

function costOf(columnOf: readonly number[], first: Matrix, second: Matrix): [number, number] {
  let [a, b] = [0, 0];
  columnOf.forEach((column, row) => {
    if (column === -1) return;
    a += first[row]![column]!;
    b += second[row]![column]!;
  });
  return [a, b];
}

function leastCost(first: Matrix, second: Matrix): [number, number] {
  const costs = [...assignments(first.length, first[0]!.length)].map((found) => costOf(found, first, second));
  return costs.reduce((least, cost) =>
    cost[0] < least[0] || (cost[0] === least[0] && cost[1] < least[1]) ? cost : least,
  );
}

const matrix = (rows: number, columns: number, most: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(fc.integer({ min: -most, max: most }), { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  });

describe('optimalAssignment', () => {
  it('costs no more than any other assignment, ties and both levels included', () => {
    const size = fc.integer({ min: 1, max: 6 });
    const costs = fc
      .tuple(size, size, fc.constantFrom(1, 3, 2 ** 40))
      .chain(([rows, columns, most]) =>
        fc.tuple(matrix(rows, columns, most), matrix(rows, columns, 2 ** 40)),
      );
    fc.assert(
      fc.property(costs, ([first, second]) => {
        const found = optimalAssignment(first, second);
        const paired = found.filter((column) => column !== -1);
        expect(paired).toHaveLength(Math.min(first.length, first[0]!.length));
        expect(new Set(paired).size).toBe(paired.length);
        expect(costOf(found, first, second)).toEqual(leastCost(first, second));
      }),
      { numRuns: 1000 },
    );
  });

  it('finds a permutation that is hidden among hundreds', () => {
    const random = seededRandom(3);
    const n = 300;
    const hidden = Array.from({ length: n }, (_, i) => (i * 7 + 5) % n);
    const first = hidden.map((column) =>
      Array.from({ length: n }, (_, c) => (c === column ? 0 : 1 + random.below(1000))),
    );
    const zeros = first.map((row) => row.map(() => 0));
    expect(optimalAssignment(first, zeros)).toEqual(hidden);
  });

  it('pairs nothing where a side is empty', () => {
    expect(optimalAssignment([], [])).toEqual([]);
    expect(optimalAssignment([[], []], [[], []])).toEqual([-1, -1]);
  });
});
