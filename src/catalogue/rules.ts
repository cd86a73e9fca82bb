import { SegueError } from '../core/errors.js';
import { doubleLiteral, isFinite, textLiteral } from '../engine/sql.js';
import type { Dialect } from '../engine/sql-engine.js';
import type { FeatureContract } from '../features/contract.js';
import { cellRule, firstCell, type RowTest } from './cell-test.js';
import { isEmpty, value } from './cells.js';
import { RECORD } from './record.js';

/** Rules that a user may set; without them they're off. */
export interface RuleOptions {
  /** Genres that are kept, compared without case. */
  readonly genres?: readonly string[] | undefined;
  /** Tracks as long as this or longer are rejected, ms. */
  readonly maxDurationMs?: number | undefined;
  /** Rows kept, the first ones of the source. */
  readonly rowLimit?: number | undefined;
}

/** One reason for which a row is rejected. A row is rejected for the first rule that it breaks. */
export type Rule = RecordRule | RowRule | CatalogueRule;

interface RuleText {
  readonly reason: string;
  readonly description: string;
}

/** Found while the records of a text are read. */
export interface RecordRule extends RuleText {
  readonly level: 'record';
  readonly codes: readonly number[];
}

/** Told by one row alone. */
export interface RowRule extends RuleText {
  readonly level: 'row';
  /** Given the known columns that the file has. */
  readonly test: (present: readonly string[], dialect: Dialect) => RowTest;
  /** Columns without which the rule can't be applied. */
  readonly needs: readonly string[];
  /** Whether it can only reject rows with a doubtful cell (cells.ts). */
  readonly doubtful?: true;
}

/** Needs the rows before it. */
export interface CatalogueRule extends RuleText {
  readonly level: 'catalogue';
}

/** All rules in the order in which they're applied, for one contract and a user's options. */
export function rulesFor(contract: FeatureContract, options: RuleOptions): readonly Rule[] {
  const features = contract.features.map(({ name }) => name);
  const measured = options.maxDurationMs === undefined ? features : [...features, 'duration_ms'];
  const always: Rule[] = [
    {
      level: 'record',
      reason: 'malformed_row',
      description:
        'The line is no row of the table: another number of fields, broken quotes, or a record of more than 1 MiB.',
      codes: [RECORD.wrongFieldCount, RECORD.openQuote, RECORD.textAfterQuote, RECORD.tooLong],
    },
    {
      level: 'record',
      reason: 'invalid_encoding',
      description: 'The row holds bytes that are not text in the encoding of the file.',
      codes: [RECORD.nulByte, RECORD.notUtf8],
    },
    {
      level: 'row',
      reason: 'empty_row',
      doubtful: true,
      description: 'All cells are empty.',
      needs: [],
      test: (present) => ({ rejects: present.map(isEmpty).join(' AND '), detail: 'NULL' }),
    },
    {
      level: 'row',
      reason: 'null_value',
      doubtful: true,
      description:
        'A cell of a known column is empty; in a column of numbers NA, N/A, NaN, null and None count as empty.',
      needs: [],
      test: (present) => ({
        rejects: present.map(isEmpty).join(' OR '),
        detail: firstCell(present, isEmpty, (name) => textLiteral(name)),
      }),
    },
    {
      level: 'row',
      reason: 'not_a_number',
      doubtful: true,
      description: `The cell is not a number (${measured.join(', ')}).`,
      needs: features,
      test: () => cellRule(measured, (name) => `${value(name)} IS NULL`),
    },
    {
      level: 'row',
      reason: 'not_finite',
      doubtful: true,
      description: 'The number of a feature is infinite or too large for a double.',
      needs: features,
      test: () => cellRule(features, (name) => `NOT ${isFinite(value(name))}`),
    },
    ...contract.features.map(({ name, catalogue: { min, max } }): RowRule => {
      const above = max === undefined ? '' : ` OR ${value(name)} > ${doubleLiteral(max)}`;
      return {
        level: 'row',
        reason: `${name}_out_of_range`,
        description:
          max === undefined ? `${name} is below ${min}.` : `${name} is below ${min} or above ${max}.`,
        needs: [name],
        test: () => cellRule([name], () => `${value(name)} < ${doubleLiteral(min)}${above}`),
      };
    }),
  ];
  return [...always, ...optional(options)];
}

function optional({ genres, maxDurationMs, rowLimit }: RuleOptions): Rule[] {
  const rules: Rule[] = [];
  if (genres !== undefined) {
    const allowed = requireSome(genres).map((genre) => genre.trim().toLowerCase());
    rules.push({
      level: 'row',
      reason: 'genre_not_allowed',
      description: `The genre is none of: ${genres.join(', ')}.`,
      needs: ['genre'],
      test: (_, dialect) =>
        cellRule(['genre'], (name) => `NOT ${dialect.isOneOf(`lower(${value(name)})`, allowed)}`),
    });
  }
  if (maxDurationMs !== undefined) {
    const limit = requirePositive('max duration', maxDurationMs);
    rules.push({
      level: 'row',
      reason: 'duration_too_long',
      description: `duration_ms is ${limit} or more.`,
      needs: ['duration_ms'],
      test: () => cellRule(['duration_ms'], (name) => `${value(name)} >= ${doubleLiteral(limit)}`),
    });
  }
  rules.push({
    level: 'catalogue',
    reason: 'duplicate_track_id',
    description: 'A row before it that passed all rules above has the same track id.',
  });
  if (rowLimit !== undefined) {
    const limit = requirePositive('row limit', rowLimit);
    rules.push({
      level: 'catalogue',
      reason: 'row_limit',
      description: `${limit} rows before it were kept.`,
    });
  }
  return rules;
}

function requireSome(genres: readonly string[]): readonly string[] {
  if (genres.some((genre) => genre.trim() !== '')) return genres;
  throw new SegueError('SEGUE_USAGE', {
    what: 'The list of genres is empty',
    mend: 'Name one genre or more.',
  });
}

function requirePositive(name: string, limit: number): number {
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new SegueError('SEGUE_INVALID_NUMBER', {
    what: `The ${name} is not a whole number above 0`,
    value: limit,
    mend: 'Give a whole number above 0, or leave the rule off.',
  });
}
