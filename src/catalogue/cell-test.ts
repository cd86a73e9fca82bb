import { textLiteral } from '../engine/sql.js';
import { raw } from './cells.js';

/** The SQL condition under which a row is rejected, and an expression that tells the cell to blame. */
export interface RowTest {
  readonly rejects: string;
  readonly detail: string;
}

/** A rule over single cells: rejects if the test holds for one of them, and quotes the first such cell. */
export function cellRule(names: readonly string[], test: (name: string) => string): RowTest {
  return {
    rejects: names.map(test).join(' OR '),
    detail: firstCell(names, test, (name) => `concat(${textLiteral(`${name}=`)}, ${raw(name)})`),
  };
}

/** What `detail` says of the first cell for which the test holds. */
export function firstCell(
  names: readonly string[],
  test: (name: string) => string,
  detail: (name: string) => string,
): string {
  return `CASE ${names.map((name) => `WHEN ${test(name)} THEN ${detail(name)}`).join(' ')} END`;
}
