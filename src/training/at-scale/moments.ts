import { doubleLiteral, identifier } from '../../engine/sql.js';
import type { Cell, SqlEngine } from '../../engine/sql-engine.js';
import { type Moments, momentsFrom } from '../moments.js';
import { noRow } from '../usable-rows.js';

/**
 * Moments of columns by an SQL engine, in two passes: the means first, then powers of the differences to them, so that little is lost
 * to cancellation; what the first mean was wrong by is taken off.
 *
 * @param from a relation with DOUBLE columns of these names, all finite
 * @throws SegueError SEGUE_TOO_FEW_ROWS without rows
 */
export async function momentsBySql(
  engine: SqlEngine,
  from: string,
  names: readonly string[],
): Promise<Moments[]> {
  const [found] = await engine.rows(`
    SELECT count(*) AS n, ${names
      .flatMap((name, j) => ['avg', 'min', 'max'].map((of) => `${of}(${identifier(name)}) AS ${of}${j}`))
      .join(', ')}
    FROM ${from}`);
  const n = numberIn(found, 'n');
  if (n === 0) throw noRow();
  const origins = names.map((_, j) => numberIn(found, `avg${j}`));
  const differences = names.map(
    (name, j) => `${identifier(name)} - ${doubleLiteral(origins[j]!)} AS "#x${j}"`,
  );
  const powers = names.flatMap((_, j) => {
    const squared = `"#x${j}" * "#x${j}"`;
    return [
      `sum("#x${j}") AS first${j}`,
      `sum(${squared}) AS second${j}`,
      `sum(${squared} * "#x${j}") AS third${j}`,
      `sum(${squared} * ${squared}) AS fourth${j}`,
    ];
  });
  const [sums] = await engine.rows(
    `SELECT ${powers.join(', ')} FROM (SELECT ${differences.join(', ')} FROM ${from})`,
  );
  return names.map((_, j) => {
    const [s1, s2, s3, s4] = ['first', 'second', 'third', 'fourth'].map((of) => numberIn(sums, `${of}${j}`));
    const mean = s1! / n;
    const second = s2! - n * mean ** 2;
    const third = s3! - 3 * mean * s2! + 2 * n * mean ** 3;
    const fourth = s4! - 4 * mean * s3! + 6 * mean ** 2 * s2! - 3 * n * mean ** 4;
    const [min, max] = [numberIn(found, `min${j}`), numberIn(found, `max${j}`)];
    return momentsFrom({ n, mean, second, third, fourth, min, max }, origins[j]!);
  });
}

function numberIn(row: Readonly<Record<string, Cell>> | undefined, name: string): number {
  return Number(row![name] ?? 0);
}
