import type { Columns } from '../core/columns.js';
import type { Random } from '../core/random.js';
import type { Pool } from './pool.js';
import { addBlocks, BLOCK_ROWS, packPoints, pointsAt, rowBlocks, sharedFloats } from './shared.js';

/**
 * Chooses k rows as first centroids by greedy k-means++ (Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding",
 * 2007): each next one is the best of 2 + floor(ln k) rows drawn with a probability in proportion to their squared distance to the
 * nearest centroid so far. The same procedure as scikit-learn's `_kmeans_plusplus`.
 *
 * @param closest scratch, one number per row
 * @returns row numbers; rows may repeat where there are fewer distinct rows than k
 */
export async function seedRows(
  columns: Columns,
  k: number,
  random: Random,
  pool: Pool,
  closest: Float64Array = sharedFloats(columns.rows),
): Promise<number[]> {
  const { rows } = columns;
  const trials = 2 + Math.floor(Math.log(k));
  closest.fill(Infinity);
  const potentials = sharedFloats(rowBlocks(rows));
  const trialPotentials = sharedFloats(rowBlocks(rows) * trials);
  const shape = { items: rows, blockSize: BLOCK_ROWS };
  const columnData = columns.data;

  const choose = (row: number): Promise<void> => {
    const centroid = packPoints(pointsAt(columns, [row]));
    return pool.run({
      kernel: 'seedChoice',
      args: { columns: columnData, centroid, closest, potentials },
      ...shape,
    });
  };

  const chosen = [random.below(rows)];
  await choose(chosen[0]!);
  while (chosen.length < k) {
    const drawn = Array.from({ length: trials }, () => drawRow(closest, potentials, random));
    const candidates = packPoints(pointsAt(columns, drawn));
    await pool.run({
      kernel: 'seedTrial',
      args: { columns: columnData, candidates, trials, closest, potentials: trialPotentials },
      ...shape,
    });
    const best = drawn[indexOfLeast(addBlocks(trialPotentials, trials))]!;
    chosen.push(best);
    if (chosen.length < k) await choose(best);
  }
  return chosen;
}

/** Draws a row with a probability in proportion to its `closest`, whose sums per block are `potentials`. */
function drawRow(closest: Float64Array, potentials: Float64Array, random: Random): number {
  const total = addBlocks(potentials, 1)[0]!;
  let left = random.next() * total;
  let block = 0;
  while (block < potentials.length - 1 && left >= potentials[block]!) left -= potentials[block++]!;
  const end = Math.min((block + 1) * BLOCK_ROWS, closest.length);
  for (let row = block * BLOCK_ROWS; row < end; row++) {
    left -= closest[row]!;
    if (left < 0) return row;
  }
  return end - 1; // rounding, or every row coincides with a centroid
}

function indexOfLeast(values: Float64Array): number {
  return values.reduce((least, value, i) => (value < values[least]! ? i : least), 0);
}
