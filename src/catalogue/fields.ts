/**
 * Fields of one record, unquoted. The same reading as `scanRecord`: a quote counts only at the start of a field, two of them within a
 * quoted field stand for one, spaces behind a closing quote are dropped.
 *
 * @param record text of a record that can be read, without its line break
 */
export function splitFields(record: string, delimiter: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = record[at] === '"' ? quotedField(record, at) : undefined;
    const from = quoted?.next ?? at;
    const found = record.indexOf(delimiter, from);
    const end = found < 0 ? record.length : found;
    fields.push(quoted?.text ?? record.slice(at, end));
    if (found < 0) return fields;
    at = end + delimiter.length;
  }
}

/** A record as RFC 4180 writes it, without a line break. */
export function joinFields(fields: readonly string[], delimiter: string): string {
  return fields
    .map((field) =>
      field.includes(delimiter) || /["\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field,
    )
    .join(delimiter);
}

function quotedField(record: string, opening: number): { text: string; next: number } {
  let at = opening + 1;
  for (;;) {
    const quote = record.indexOf('"', at);
    if (quote < 0) return { text: record.slice(opening + 1), next: record.length };
    if (record[quote + 1] !== '"') {
      return { text: record.slice(opening + 1, quote).replaceAll('""', '"'), next: quote + 1 };
    }
    at = quote + 2;
  }
}
