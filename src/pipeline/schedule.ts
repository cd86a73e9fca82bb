import { rm } from 'node:fs/promises';
import type { Cron } from 'croner';
import { readIfPresent, writeJson } from '../core/files.js';
import type { Home } from '../core/home.js';
import { listRecords } from './run-record.js';

const HOUR_MS = 3_600_000;

/** How far back a due time is looked for: widening, so that neither a schedule of minutes nor one of years takes long. */
const LOOK_BACK_HOURS = [1, 24, 8 * 24, 32 * 24, 370 * 24];

/** The last time at which a schedule was due, up to now; undefined where that is more than a year ago. */
export function lastDue(schedule: Pick<Cron, 'nextRun'>, now: Date): Date | undefined {
  for (const hours of LOOK_BACK_HOURS) {
    let due: Date | undefined;
    let next = schedule.nextRun(new Date(now.getTime() - hours * HOUR_MS));
    while (next !== null && next <= now) {
      due = next;
      next = schedule.nextRun(next);
    }
    if (due !== undefined) return due;
  }
  return undefined;
}

/** When a retrain was due that did not begin: the home has runs, and none since then. Undefined where none was missed. */
export async function missedDue(
  home: Home,
  schedule: Pick<Cron, 'nextRun'>,
  now: Date,
): Promise<Date | undefined> {
  const due = lastDue(schedule, now);
  const [newest] = await listRecords(home);
  return due !== undefined && newest !== undefined && new Date(newest.created_at) < due ? due : undefined;
}

/**
 * Tells when the next retrain is due. A scheduler that is killed leaves it, so that others see what it owes.
 *
 * @param due null where there is no schedule any more
 */
export async function tellNextDue(home: Home, due: Date | null): Promise<void> {
  if (due === null) await rm(home.schedule, { force: true });
  else await writeJson(home.schedule, { next: due.toISOString() });
}

/** When the next retrain is due, as the schedule last told; undefined where none did. */
export async function nextDue(home: Home): Promise<Date | undefined> {
  const text = await readIfPresent(home.schedule);
  return text === undefined ? undefined : new Date((JSON.parse(text) as { readonly next: string }).next);
}
