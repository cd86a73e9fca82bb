import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

const VERSIONS: ReadonlySet<string> = new Set(['1.1', '1.0']);

/**
 * Refuses, as a problem, requests that Node's parser lets through although they are none: other versions than HTTP/1 (0.9 has no
 * headers), and HTTP/1.1 without a Host (RFC 9112, section 3.2). Node would answer the latter, and expectations that it doesn't know,
 * by itself and without a problem; such an expectation may be left unmet (RFC 9110, section 10.1.1).
 */
export function addHttpForms(app: FastifyInstance): void {
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    done(
      isWellFormed(raw) ? undefined : new Problem('malformed_request', { headers: { connection: 'close' } }),
    );
  });
}

function isWellFormed({ httpVersion, headers }: IncomingMessage): boolean {
  return VERSIONS.has(httpVersion) && (headers.host !== undefined || httpVersion === '1.0');
}
