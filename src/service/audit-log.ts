import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { type AuditEntry, appendAudit } from '../core/audit.js';
import { coalesce } from '../core/coalesce.js';
import type { Home } from '../core/home.js';

/** A request that was not let in. */
export interface Refused {
  readonly reason: string;
  /** Id of the key, if there is such a key; never anything else of what was sent. */
  readonly key: string | null;
  readonly client: string;
  readonly method: string;
  /** The operation, never the path as sent. */
  readonly route: string;
  readonly request_id: string;
}

/** Notes what matters for security. Costs a count when there is much of it. */
export interface AuditLog {
  refused(refused: Refused): void;
}

/** An audit log that keeps what it has to write until it is asked for. */
export interface PendingAudit extends AuditLog {
  /** What is to be written now, the oldest first. Each is given once. */
  drain(): readonly AuditEntry[];
  /** As `drain`, with the count of the minute under way. */
  end(): readonly AuditEntry[];
}

/** Refusals that get a line of their own within a minute; the others of that minute are one line with their counts. */
const LINES_A_MINUTE = 60;

const MINUTE_MS = 60_000;

/** @param now milliseconds since 1970 */
export function pendingAudit(now: () => number, linesAMinute = LINES_A_MINUTE): PendingAudit {
  let pending: AuditEntry[] = [];
  let minute = 0;
  let lines = 0;
  let more = new Map<string, number>();

  const endMinute = (): void => {
    if (more.size > 0) {
      const reasons = Object.fromEntries(more);
      const count = [...more.values()].reduce((sum, each) => sum + each, 0);
      pending.push({ time: iso(now()), event: 'access_refused_more', since: iso(minute), count, reasons });
    }
    more = new Map();
    lines = 0;
  };
  const turn = (): void => {
    const ms = now();
    if (ms - minute < MINUTE_MS && ms >= minute) return;
    endMinute();
    minute = ms;
  };
  const drain = (): readonly AuditEntry[] => {
    turn();
    const entries = pending;
    pending = [];
    return entries;
  };
  return {
    refused(refused) {
      turn();
      if (lines >= linesAMinute) {
        more.set(refused.reason, (more.get(refused.reason) ?? 0) + 1);
        return;
      }
      lines += 1;
      pending.push({ time: iso(now()), event: 'access_refused', ...refused });
    },
    drain,
    end() {
      endMinute();
      return drain();
    },
  };
}

/** How often a running server writes, in milliseconds. */
const WRITE_MS = 1000;

/** Writes what the service notes: every second, and when it stops. */
export function followAudit(
  app: FastifyInstance,
  home: Home,
  audit: PendingAudit,
  log: FastifyBaseLogger,
): void {
  const write = async (entries: readonly AuditEntry[]): Promise<void> => {
    await appendAudit(home, entries).catch((err: unknown) =>
      log.error({ err, lost: entries.length }, 'the audit log cannot be written'),
    );
  };
  const tick = coalesce(() => write(audit.drain()));
  const timer = setInterval(() => void tick(), WRITE_MS).unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await tick();
    await write(audit.end());
  });
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
