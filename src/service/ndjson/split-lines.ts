const NEWLINE = 0x0a;
const SPACES: ReadonlySet<number> = new Set([0x09, 0x0d, 0x20]);

/** One line of a stream. */
export interface Line {
  /** Counted from 1; blank lines count. */
  readonly number: number;
  /** Without its newline; undefined where the line is longer than the limit. */
  readonly bytes: Buffer | undefined;
}

/** Cuts bytes into lines; an unfinished line is kept for the next bytes, up to the limit. */
export interface LineSplitter {
  /** The lines that these bytes complete, blank ones left out. */
  push(bytes: Buffer): Generator<Line>;
  /** The last line, where it has no newline. */
  end(): Generator<Line>;
}

/** @param limitBytes longest line; of a longer one nothing is kept */
export function lineSplitter(limitBytes: number): LineSplitter {
  let number = 0;
  let kept: Buffer[] = [];
  let keptBytes = 0;

  /** Ends the line that the kept bytes began. */
  const finish = (rest: Buffer): Line | undefined => {
    number += 1;
    const tooLong = keptBytes + rest.length > limitBytes;
    const bytes = kept.length === 0 ? rest : Buffer.concat([...kept, rest]);
    kept = [];
    keptBytes = 0;
    if (tooLong) return { number, bytes: undefined };
    return isBlank(bytes) ? undefined : { number, bytes };
  };

  const keep = (rest: Buffer): void => {
    keptBytes += rest.length;
    if (keptBytes > limitBytes) kept = [];
    else if (rest.length > 0) kept.push(Buffer.from(rest)); // a copy: the rest of the chunk need not stay in memory
  };

  return {
    *push(bytes) {
      let from = 0;
      for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, from)) {
        const line = finish(bytes.subarray(from, at));
        from = at + 1;
        if (line !== undefined) yield line;
      }
      keep(bytes.subarray(from));
    },
    *end() {
      if (keptBytes === 0) return;
      const line = finish(Buffer.alloc(0));
      if (line !== undefined) yield line;
    },
  };
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => SPACES.has(byte));
}
