import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import fresh from 'fresh';

/**
 * Gives the answers of a scope an ETag and answers 304 to whoever has them already (RFC 9110, section 13). Tags are weak: an answer is
 * the same in any compression. Browsers may keep answers for their user, and ask whether they still hold before each use.
 */
export function revalidate(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode !== 200 || typeof payload !== 'string') return done(null, payload);
    const etag = `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`;
    reply.headers({ etag, 'cache-control': 'private, no-cache' });
    if (!fresh(request.headers, { etag })) return done(null, payload);
    reply.code(304).removeHeader('content-type');
    done(null, request.method === 'HEAD' ? payload : null); // Fastify drops it for HEAD, and can't drop null
  });
}
