/** Many texts as one block of UTF-8: text i is `bytes[ends[i] .. ends[i + 1]]`. No bytes mean that there is no text. */
export interface Texts {
  /** Count + 1 places; the first is 0. */
  readonly ends: Uint32Array;
  readonly bytes: Buffer;
}

export function textAt({ ends, bytes }: Texts, i: number): string | null {
  const [from, to] = [ends[i]!, ends[i + 1]!];
  return from === to ? null : bytes.toString('utf8', from, to);
}

const FIRST_BYTES = 1 << 16;
const MOST_BYTES_PER_UNIT = 3;

/** Collects texts one by one. */
export interface TextsWriter {
  add(text: string | null): void;
  finish(): Texts;
}

/** @param count texts that will be added */
export function textsWriter(count: number): TextsWriter {
  const ends = new Uint32Array(count + 1);
  let bytes = Buffer.allocUnsafe(FIRST_BYTES);
  let added = 0;
  let used = 0;
  return {
    add(text) {
      if (text !== null) {
        const most = used + MOST_BYTES_PER_UNIT * text.length;
        if (most > bytes.length) {
          const larger = Buffer.allocUnsafe(Math.max(most, 2 * bytes.length));
          bytes.copy(larger, 0, 0, used);
          bytes = larger;
        }
        used += bytes.write(text, used, 'utf8');
      }
      added += 1;
      ends[added] = used;
    },
    finish: () => ({ ends: ends.subarray(0, added + 1), bytes: bytes.subarray(0, used) }),
  };
}

/** The same texts in another order. */
export function reordered({ ends, bytes }: Texts, order: Uint32Array): Texts {
  const result: Texts = { ends: new Uint32Array(order.length + 1), bytes: Buffer.allocUnsafe(bytes.length) };
  let used = 0;
  for (let i = 0; i < order.length; i += 1) {
    used += bytes.copy(result.bytes, used, ends[order[i]!], ends[order[i]! + 1]);
    result.ends[i + 1] = used;
  }
  return { ends: result.ends, bytes: result.bytes.subarray(0, used) };
}
