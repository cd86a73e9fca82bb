import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { coalesce } from '../core/coalesce.js';
import type { Home } from '../core/home.js';
import { OWN_IDENTITY } from '../core/process-identity.js';
import type { Asked } from '../drift/asked.js';
import { windowWriter } from '../drift/windows.js';

/** A crash loses at most what was asked in these milliseconds. */
const WRITE_MS = 10_000;

/**
 * As long as the server runs, tells every few seconds what it has been asked, and once more when it stops.
 *
 * @returns tells it now
 */
export function followAsked(
  app: FastifyInstance,
  home: Home,
  asked: Asked,
  now: () => Date,
  log: FastifyBaseLogger,
): () => Promise<void> {
  const writer = `${OWN_IDENTITY.pid}-${randomBytes(4).toString('hex')}`; // process ids come again, in containers soon
  const write = windowWriter(home, asked, writer, now);
  const tell = coalesce(async () => {
    await write().catch((err: unknown) => log.error({ err }, 'what was asked cannot be written'));
  });
  const timer = setInterval(() => void tell(), WRITE_MS).unref();
  app.addHook('onClose', () => {
    clearInterval(timer);
    return tell();
  });
  return tell;
}
