import { allocateColumns, type Columns } from '../../core/columns.js';
import { type Random, seededRandom } from '../../core/random.js';
import type { RowStream } from '../rows.js';

/** Training rows that are compared with chance. */
export const EVIDENCE_ROWS = 5_000;

/**
 * So many rows of a stream, each set of rows as likely as any other, in the order of the stream (Knuth, "The Art of Computer Programming",
 * volume 2, 3.4.2, algorithm S). All rows where there are no more.
 */
export async function sampleRows(stream: RowStream, size: number, seed: number): Promise<Columns> {
  const random = seededRandom(seed);
  const wanted = Math.min(size, stream.rows);
  const sample = allocateColumns(stream.names, wanted);
  let [seen, taken] = [0, 0];
  for await (const { rows, columns } of stream.chunks()) {
    for (let row = 0; row < rows && taken < wanted; row += 1, seen += 1) {
      if ((stream.rows - seen) * random.next() >= wanted - taken) continue;
      columns.forEach((column, j) => (sample.data[j]![taken] = column[row]!));
      taken += 1;
    }
    if (taken === wanted) break;
  }
  return sample;
}

/** The rows of given numbers. */
export function pick({ names, data }: Columns, numbers: ArrayLike<number>): Columns {
  const picked = allocateColumns(names, numbers.length);
  picked.data.forEach((column, j) => {
    for (let i = 0; i < numbers.length; i += 1) column[i] = data[j]![numbers[i]!]!;
  });
  return picked;
}

/** Each column in an order of its own: the same features, without what connects them. */
export function permuted({ names, rows, data }: Columns, random: Random): Columns {
  const columns = allocateColumns(names, rows);
  columns.data.forEach((column, j) => {
    column.set(data[j]!);
    shuffle(column, random);
  });
  return columns;
}

/** Numbers of the rows of a half of a random split: halves 2n and 2n + 1 are those of split n. */
export function halfOf(rows: number, seed: number, half: number): Int32Array {
  const order = randomOrder(rows, seededRandom(seed, 1000 + (half >> 1)));
  const middle = rows >> 1;
  return half % 2 === 0 ? order.subarray(0, middle) : order.subarray(middle);
}

/** As many numbers of rows as there are, drawn with replacement. */
export function resampleOf(rows: number, seed: number, n: number): Int32Array {
  const random = seededRandom(seed, 2000 + n);
  return Int32Array.from({ length: rows }, () => random.below(rows));
}

/** Numbers 0 to n - 1 in random order. */
export function randomOrder(n: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  shuffle(order, random);
  return order;
}

/** Fisher and Yates. */
function shuffle(values: Float64Array | Int32Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i -= 1) {
    const other = random.below(i + 1);
    const value = values[i]!;
    values[i] = values[other]!;
    values[other] = value;
  }
}
