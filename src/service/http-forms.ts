import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

const VERSIONS: ReadonlySet<string> = new Set(['1.1', '1.0']);

/**
 * Refuses, as a problem, requests that Node's parser lets through although they are none: other versions than HTTP/1 (0.9 has no
 * headers), HTTP/1.1 without a Host, and «*» for a path but of OPTIONS (RFC 9112, section 3.2).
 */
export function malformed({ raw }: FastifyRequest): Problem | undefined {
  return isWellFormed(raw)
    ? undefined
    : new Problem('malformed_request', { headers: { connection: 'close' } });
}

/**
 * Lets expectations that Node doesn't know be answered like any request: they may be left unmet (RFC 9110, section 10.1.1). Node would
 * answer them by itself and without a problem.
 */
export function ignoreExpectations({ server }: FastifyInstance): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

function isWellFormed({ httpVersion, headers, method, url }: IncomingMessage): boolean {
  if (url === '*' && method !== 'OPTIONS') return false;
  return VERSIONS.has(httpVersion) && (headers.host !== undefined || httpVersion === '1.0');
}
