import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { coalesce } from '../core/coalesce.js';
import type { Home } from '../core/home.js';
import { OWN_IDENTITY } from '../core/process-identity.js';
import type { Asked } from '../drift/asked.js';
import { shareWindows } from '../drift/shared-windows.js';
import { windowWriter } from '../drift/windows.js';

/** A crash loses at most what was asked in these milliseconds. */
const WRITE_MS = 10_000;

/** How long a bucket may take when the server stops. */
const LAST_SHARE_MS = 3_000;

/** How often homes that share a bucket tell each other. */
const SHARE_MS = 60_000;

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
  const share = coalesce(async () => {
    await tell();
    await shareWindows(home, now()).catch((err: unknown) =>
      log.warn({ err }, 'what was asked cannot be shared with other homes'),
    );
  });
  const timers = [setInterval(() => void tell(), WRITE_MS), setInterval(() => void share(), SHARE_MS)];
  for (const timer of timers) timer.unref();
  void share();
  app.addHook('onClose', () => {
    for (const timer of timers) clearInterval(timer);
    return Promise.race([share(), pause(LAST_SHARE_MS, undefined, { ref: false })]); // the home has it in any case
  });
  return tell;
}
