import { isUtf8 } from 'node:buffer';
import type { ClusterDialect } from '../../engine/cluster.js';
import { MAX_RECORD_BYTES } from '../record.js';

/**
 * Lines of a text in SQL. A line that is a row by itself, as RFC 4180 has it, is told by the cluster. All others are *odd*: a record that
 * spans lines, a stray quote, a lone carriage return, a NUL, bytes that are no text. Segue's own scanner looks at those (odd-records.ts), so
 * that a record is the same whatever the engine.
 */

/** What a line is that is a record by itself. Possessive, so that no line makes the cluster backtrack; `$` would let a line end follow. */
function tidyLine(delimiter: string): string {
  const field = `(?:"[^"\\x00]*+(?:""[^"\\x00]*+)*+"|[^"\\r\\x00${delimiter}]*+)`;
  return `^${field}(?:[${delimiter}]${field})*+\\r?(?![\\s\\S])`;
}

/** Whether a line is odd. */
export function isOddSql(text: string, delimiter: string, dialect: ClusterDialect): string {
  const plain = [`"`, '\r', '\0'].map((sign) => `NOT contains(${text}, ${dialect.textLiteral(sign)})`);
  return `CASE WHEN octet_length(${text}) > ${MAX_RECORD_BYTES} OR NOT ${dialect.isUtf8(text)} THEN true
    WHEN ${plain.join(' AND ')} THEN false ELSE NOT (${dialect.matches(text, tidyLine(delimiter))}) END`;
}

/** As `isOddSql`, for the lines of a header. */
export function isOdd(line: Buffer, delimiter: string): boolean {
  if (line.length > MAX_RECORD_BYTES || !isUtf8(line)) return true;
  return !new RegExp(tidyLine(delimiter).replaceAll('*+', '*')).test(line.toString());
}

/** Whether a line is no record at all. */
export function isEmptyLine(line: Buffer): boolean {
  return line.length === 0 || (line.length === 1 && line[0] === 0x0d);
}

/** A line without the carriage return that may end it. */
export function bareLine(text: string, dialect: ClusterDialect): string {
  return `CASE WHEN contains(${text}, ${dialect.textLiteral('\r')}) THEN ${dialect.trimmed(text, '\r')} ELSE ${text} END`;
}

/** The fields of a line that isn't odd, as a list. */
export function fieldsOf(text: string, delimiter: string, dialect: ClusterDialect): string {
  const line = bareLine(text, dialect);
  const quoted = dialect.matchesOf(
    `concat(${dialect.textLiteral(delimiter)}, ${line})`,
    `[${delimiter}]("[^"]*+(?:""[^"]*+)*+"|[^"${delimiter}]*+)`,
  );
  const unquoted = dialect.mapped(
    quoted,
    (field) =>
      `CASE WHEN ${field} LIKE '"%' THEN replace(substr(${field}, 2, length(${field}) - 2), '""', '"') ELSE ${field} END`,
  );
  return `CASE WHEN contains(${text}, '"') THEN ${unquoted} ELSE ${dialect.split(line, delimiter)} END`;
}
