import { isAscii, isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { shorten } from './field-error.js';
import { NDJSON } from './ndjson/media-type.js';
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
  app.addContentTypeParser('*', (request, _payload, done) => done(wrongContentType(request)));
}

export function wrongContentType({ headers, routeOptions }: FastifyRequest): Problem {
  const sent = shorten(headers['content-type'] ?? 'missing');
  const accepted =
    routeOptions.config.takesLines === true ? `application/json or ${NDJSON}` : 'application/json';
  return notJson('content_type', accepted, `The Content-Type must be ${accepted}; it is ${sent}.`);
}

/**
 * @param what what the bytes are to whoever sent them
 * @throws Problem not_json
 */
export function parseJson(body: Buffer, what: 'body' | 'line' = 'body'): unknown {
  if (body.length === 0) throw emptyBody();
  if (!isUtf8(body)) throw notJson('encoding', 'UTF-8', `The ${what} is not valid UTF-8.`);
  try {
    return JSON.parse(body.toString(isAscii(body) ? 'latin1' : 'utf8'));
  } catch {
    throw notJson(
      'json',
      'RFC 8259',
      `The ${what} is not valid JSON; note that NaN and Infinity are not JSON.`,
    );
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
