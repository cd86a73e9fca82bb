import type { Expected } from './case-file.js';

/** One answer on a connection. */
export interface Answer {
  readonly status: number;
  /** `code` of a problem; undefined for other answers. */
  readonly code: string | undefined;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Takes a connection's bytes apart into answers; throws where they are not complete HTTP/1.1. */
export function readAnswers(bytes: Buffer, expected: readonly Pick<Expected, 'head'>[] = []): Answer[] {
  const answers: Answer[] = [];
  let rest = bytes.toString('latin1');
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n');
    if (end === -1) throw new Error(`an answer without an end: ${JSON.stringify(rest.slice(0, 200))}`);
    const [line = '', ...fields] = rest.slice(0, end).split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1]);
    const headers = new Map(
      fields.map((field) => [field.split(':')[0]!.toLowerCase(), field.slice(field.indexOf(':') + 1).trim()]),
    );
    rest = rest.slice(end + 4);
    if (status === 100) continue;
    const [body, after] = expected[answers.length]?.head === true ? ['', rest] : takeBody(rest, headers);
    rest = after;
    const problem = headers.get('content-type') === 'application/problem+json' && body !== '';
    answers.push({
      status,
      code: problem ? (JSON.parse(body) as { code: string }).code : undefined,
      headers,
      body,
    });
  }
  return answers;
}

function takeBody(rest: string, headers: ReadonlyMap<string, string>): [string, string] {
  if (headers.get('transfer-encoding') !== 'chunked') {
    const length = Number(headers.get('content-length') ?? 0);
    if (rest.length < length) throw new Error('a body that is cut off');
    return [rest.slice(0, length), rest.slice(length)];
  }
  let body = '';
  let left = rest;
  for (;;) {
    const line = left.indexOf('\r\n');
    const size = Number.parseInt(left.slice(0, line), 16);
    body += left.slice(line + 2, line + 2 + size);
    left = left.slice(line + 2 + size + 2);
    if (size === 0) return [body, left];
    if (left === '') throw new Error('chunks without an end');
  }
}
