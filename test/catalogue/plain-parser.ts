/** A record of delimited text as a reader finds it who has the whole text at hand. */
export interface PlainRecord {
  /** Physical line on which it starts, from 1. */
  readonly line: number;
  readonly raw: string;
  /** Undefined for a record that is no row. */
  readonly fields: readonly string[] | undefined;
}

interface Parsed {
  readonly fields: readonly string[] | undefined;
  readonly end: number;
  readonly next: number;
}

const QUOTED = /"((?:[^"]|"")*)"(?!") *(?=,|\r?\n|\r?$)/y;
const UNQUOTED = /(?:[^,\n\r]|\r(?!\n|$))*/y;
const LINE_END = /\r?\n|\r?$/y;

/** The scanner's rules once more, in regular expressions over a string: what the tests hold the scanner against. */
export function parsePlainly(text: string, width: number): PlainRecord[] {
  const records: PlainRecord[] = [];
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const { fields, end, next } = settle(text, at, width);
    if (end > at) {
      const isRow = fields?.length === width && !text.slice(at, end).includes('\0');
      records.push({ line, raw: text.slice(at, end), fields: isRow ? fields : undefined });
    }
    line += text.slice(at, next).split('\n').length - 1;
    at = next;
  }
  return records.slice(1);
}

function settle(text: string, at: number, width: number): Parsed {
  const parsed = recordAt(text, at);
  const raw = text.slice(at, parsed.end);
  if (parsed.fields?.length === width || !raw.includes('\n')) return parsed;
  const laterLines = [...raw.matchAll(/\n/g)].map(({ index }) => raw.slice(index + 1));
  const joinedByQuote = laterLines.some((rest) => {
    const { fields, end } = recordAt(rest, 0);
    return (
      fields?.length === width && !rest.slice(0, end).includes('\n') && !rest.slice(0, end).includes('\0')
    );
  });
  return joinedByQuote ? firstLine(text, at) : parsed;
}

function recordAt(text: string, start: number): Parsed {
  const fields: string[] = [];
  for (let at = start; ; at += 1) {
    const quoted = text[at] === '"';
    const match = matchAt(quoted ? QUOTED : UNQUOTED, text, at);
    if (match === null) return firstLine(text, start);
    fields.push(quoted ? match[1]!.replaceAll('""', '"') : match[0]);
    at += match[0].length;
    const lineEnd = matchAt(LINE_END, text, at);
    if (lineEnd !== null) return { fields, end: at, next: at + lineEnd[0].length };
  }
}

function firstLine(text: string, start: number): Parsed {
  const [line] = /^[^\n]*\n?/.exec(text.slice(start))!;
  return { fields: undefined, end: start + line.replace(/\r?\n?$/, '').length, next: start + line.length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
