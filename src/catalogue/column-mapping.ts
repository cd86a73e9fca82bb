import type { FeatureContract } from '../features/contract.js';
import { type KnownColumn, knownColumns } from './known-columns.js';

/** Which column of a file stands for which known column. */
export interface ColumnMapping {
  /** Index into the header, by the name of the known column. */
  readonly positions: ReadonlyMap<string, number>;
  /** Columns that stand for a known column which another column stands for with more right. */
  readonly ignored: readonly { readonly header: string; readonly column: string; readonly chosen: string }[];
  /** Columns that only number the rows. */
  readonly index: readonly string[];
  /** Columns that Segue doesn't read. */
  readonly unknown: readonly string[];
  /** Features that no column stands for. */
  readonly missing: readonly KnownColumn[];
}

const INDEX_COLUMN = /^(unnamed:_\d+(_level_\d+)?|_c0|index|__index_level_\d+__|)$/;

/**
 * Finds the known columns in a header by name and alias, without regard to case, surrounding spaces, and whether words are parted by
 * space, dot, hyphen or underscore. A name beats an alias, an earlier alias a later one, an earlier column a later one.
 */
export function mapColumns(header: readonly string[], contract: FeatureContract): ColumnMapping {
  const names = header.map(plainName);
  const positions = new Map<string, number>();
  const ignored: { header: string; column: string; chosen: string }[] = [];
  const missing: KnownColumn[] = [];
  const taken = new Set<number>();

  for (const column of knownColumns(contract)) {
    const candidates = [column.name, ...column.aliases].flatMap((name) =>
      names.flatMap((found, position) => (found === plainName(name) ? [position] : [])),
    );
    const chosen = candidates.find((position) => !taken.has(position));
    if (chosen === undefined) {
      if (column.feature) missing.push(column);
      continue;
    }
    positions.set(column.name, chosen);
    for (const position of candidates) {
      taken.add(position);
      if (position === chosen) continue;
      ignored.push({ header: header[position]!, column: column.name, chosen: header[chosen]! });
    }
  }
  const rest = header.flatMap((name, position) =>
    taken.has(position) ? [] : [{ name, plain: names[position]! }],
  );
  return {
    positions,
    ignored,
    missing,
    index: rest.filter(({ plain }) => INDEX_COLUMN.test(plain)).map(({ name }) => name),
    unknown: rest.filter(({ plain }) => !INDEX_COLUMN.test(plain)).map(({ name }) => name),
  };
}

function plainName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s.-]+/g, '_');
}
