import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import fresh from 'fresh';

/**
 * Gives the answers of a scope an ETag and answers 304 to whoever has them already (RFC 9110, section 13). Tags are weak: an answer is
 * the same in any compression. Browsers may keep answers for their user, and ask whether they still hold before each use.
 */
export function revalidate(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode !== 200 || !isWhole(payload)) return done(null, payload);
    const etag = `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`;
    reply.header('etag', etag);
    if (reply.getHeader('cache-control') === 'no-store') reply.header('cache-control', 'private, no-cache'); // but for an operation's own
    if (!fresh(request.headers, { etag })) return done(null, payload);
    reply.code(304).removeHeader('content-type');
    done(null, request.method === 'HEAD' ? payload : null); // Fastify drops it for HEAD, and can't drop null
  });
}

function isWhole(payload: unknown): payload is string | Buffer {
  return typeof payload === 'string' || Buffer.isBuffer(payload);
}
