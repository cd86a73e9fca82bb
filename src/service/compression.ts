import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/** Shorter answers go as they are, in bytes; those up to the second are compressed at once, longer ones off the event loop. */
const WORTHWHILE = 1024;
const SMALL = 16 * 1024;

/**
 * Compresses the answers of the paths that are added to this scope from now on, as their callers accept it. A cache must tell them
 * apart, whether or not this one was compressed.
 */
export async function compressAnswers(app: FastifyInstance): Promise<void> {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    const others = reply.getHeader('vary'); // CORS has set Origin
    reply.header('vary', others === undefined ? 'accept-encoding' : `${String(others)}, accept-encoding`);
    done();
  });
  await app.register(compress, {
    encodings: ['br', 'gzip', 'deflate'],
    threshold: WORTHWHILE,
    syncThreshold: SMALL,
    globalDecompression: false, // a request's body is never unpacked: a few bytes could become gigabytes
  });
}
