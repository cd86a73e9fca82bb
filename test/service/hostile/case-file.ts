/** One case: what is sent, byte by byte, and what has to come back. */
export interface Case {
  readonly sent: Buffer;
  /** Answers in their order; none where the connection is closed without one. */
  readonly expected: readonly Expected[];
  /** Whether the client leaves its side open and waits for the server to end the connection. */
  readonly waits: boolean;
}

export interface Expected {
  readonly status: number;
  /** Code of the problem. */
  readonly code: string | undefined;
  /** Whether the request was a HEAD, whose answer has no body. */
  readonly head: boolean;
}

/** Values that a case may name in «»: a key, a track, a request of it. */
export type Values = Readonly<Record<string, string>>;

/**
 * Reads a case:
 *
 *     # why it is here
 *     expect: 422 not_json        (any number of them; `200 3 times`; `200 head`; none: closed without an answer)
 *     client: waits               (else it ends its side when all is sent)
 *     ---
 *     POST /v1/predict/cluster HTTP/1.1
 *     Content-Length: «length»
 *
 *     {"tempo": «400×9»}
 *
 * Line ends are sent as CRLF, save the last; `\` at the end of a line joins the next to it. `\r`, `\n`, `\xff` and `\\` are bytes.
 * `«400×9»` is 400 nines; `«length»` the number of bytes from the next empty line to `«end»` or the end; `«key»` and others are values.
 */
export function readCase(text: string, values: Values): Case {
  const [head = '', ...rest] = text.split('\n---\n');
  const expected = [
    ...head.matchAll(/^expect: (\d{3})(?: (?!head(?: |$)|\d)([a-z_]+))?( head)?(?: (\d+) times)?$/gm),
  ].flatMap(([, status, code, isHead, times]) =>
    Array.from({ length: Number(times ?? 1) }, () => ({
      status: Number(status),
      code,
      head: isHead !== undefined,
    })),
  );
  const lines = rest.join('\n---\n').replace(/\n$/, '').replaceAll('\\\n', '').replaceAll('\n', '\r\n');
  return {
    sent: Buffer.from(withLengths(withValues(lines, values)), 'latin1'),
    expected,
    waits: /^client: waits$/m.test(head),
  };
}

/** Text whose characters are bytes. */
function withValues(text: string, values: Values): string {
  const named = text.replaceAll(/«([a-z-]+)»/g, (whole, name: string) => values[name] ?? whole);
  const bytes = Buffer.from(named, 'utf8').toString('latin1');
  const escaped = bytes.replaceAll(/\\(?:x([0-9a-f]{2})|([rn\\]))/g, (_, hex?: string, letter?: string) =>
    hex === undefined
      ? ({ r: '\r', n: '\n' }[letter!] ?? '\\')
      : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
  return escaped.replaceAll(REPEATED, (_, times: string, what: string) => what.repeat(Number(times)));
}

const OPEN = Buffer.from('«').toString('latin1');
const CLOSE = Buffer.from('»').toString('latin1');
const TIMES = Buffer.from('×').toString('latin1');
const REPEATED = new RegExp(`${OPEN}(\\d+)${TIMES}([^]*?)${CLOSE}`, 'g');
const LENGTH = `${OPEN}length${CLOSE}`;
const END = `${OPEN}end${CLOSE}`;

function withLengths(text: string): string {
  return text
    .split(END)
    .map((part) =>
      part.replace(LENGTH, String(part.length - part.indexOf('\r\n\r\n', part.indexOf(LENGTH)) - 4)),
    )
    .join('');
}
