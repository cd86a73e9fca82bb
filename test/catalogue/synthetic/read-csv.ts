import { type SyntheticCounts, syntheticCatalogue } from '#segue/catalogue/synthetic/catalogue.js';
import type { SyntheticOptions } from '#segue/catalogue/synthetic/options.js';

/** All of a catalogue, and what the generator says of it. */
export function collect(options: SyntheticOptions): {
  csv: Buffer;
  counts: SyntheticCounts;
  chunks: Uint8Array[];
} {
  const catalogue = syntheticCatalogue(options);
  const chunks: Uint8Array[] = [];
  let step = catalogue.next();
  for (; !step.done; step = catalogue.next()) chunks.push(step.value);
  return { csv: Buffer.concat(chunks), counts: step.value, chunks };
}

/** Records of a CSV text by RFC 4180, written without a look at the generator. Strict: it throws where the text breaks the rules. */
export function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (let at = 0; at < text.length; ) {
    let field = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const end = text.indexOf('"', at);
        if (end < 0) throw new Error('a quoted field is open at the end');
        field += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        field += '"';
        at += 1;
      }
    } else {
      const rest = /[^,\n]*/y;
      rest.lastIndex = at;
      field = rest.exec(text)![0];
      if (field.includes('"')) throw new Error(`a quote inside ${field}`);
      at += field.length;
    }
    record.push(field);
    if (text[at] === '\n') {
      records.push(record);
      record = [];
    } else if (text[at] !== ',') throw new Error(`text behind a field: ${text.slice(at, at + 20)}`);
    at += 1;
  }
  if (record.length > 0) throw new Error('no line break at the end');
  return records;
}

/** The data rows of a catalogue, by column. */
export function columnsOf(options: SyntheticOptions): Record<string, string[]> {
  const [header, ...rows] = readCsv(collect(options).csv.toString('utf8'));
  return Object.fromEntries(header!.map((name, i) => [name, rows.map((row) => row[i]!)]));
}
