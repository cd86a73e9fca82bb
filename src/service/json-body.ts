import { isAscii, isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { shorten } from './field-error.js';
import { Problem } from './problem.js';

/** Reads JSON bodies, and answers all else as a problem that names the rule. */
export function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body: Buffer, done) => {
    try {
      done(null, parseJson(body));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addContentTypeParser('*', ({ headers }, _payload, done) =>
    done(wrongContentType(headers['content-type'])),
  );
}

export function wrongContentType(sent = 'missing'): Problem {
  return notJson(
    'content_type',
    'application/json',
    `The Content-Type must be application/json; it is ${shorten(sent)}.`,
  );
}

/** @throws Problem not_json */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) throw emptyBody();
  if (!isUtf8(body)) throw notJson('encoding', 'UTF-8', 'The body is not valid UTF-8.');
  try {
    return JSON.parse(body.toString(isAscii(body) ? 'latin1' : 'utf8'));
  } catch {
    throw notJson('json', 'RFC 8259', 'The body is not valid JSON; note that NaN and Infinity are not JSON.');
  }
}

export function emptyBody(): Problem {
  return notJson('required', 'one JSON object', 'The body is empty.');
}

function notJson(rule: string, limit: string, message: string): Problem {
  return new Problem('not_json', {
    detail: message,
    errors: [{ field: 'body', pointer: '#', rule, limit, message }],
  });
}
