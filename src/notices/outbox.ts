import { join } from 'node:path';
import { inBatches } from '../core/batches.js';
import { namesIn, readIfPresent, writeJson } from '../core/files.js';
import type { Home } from '../core/home.js';
import type { Channel } from './channel.js';
import type { Notice } from './notice.js';

/** How a notice fared on a channel. `failed`: for good. */
export interface Delivery {
  readonly state: 'pending' | 'sent' | 'failed';
  readonly attempts: number;
  /** Why the last attempt failed; null where none did. */
  readonly error: string | null;
  readonly sent_at: string | null;
}

/** A notice that was put down to be told. */
export interface Posted {
  readonly notice: Notice;
  readonly deliveries: Readonly<Partial<Record<Channel['name'], Delivery>>>;
}

const NEW: Delivery = { state: 'pending', attempts: 0, error: null, sent_at: null };

/**
 * Puts a notice down, before anything is sent: a process that dies leaves it to the next one.
 *
 * @returns false where this event was put down before
 */
export async function post(home: Home, notice: Notice, channels: readonly Channel[]): Promise<boolean> {
  if ((await readIfPresent(fileOf(home, notice.id))) !== undefined) return false;
  const deliveries = Object.fromEntries(channels.map(({ name }) => [name, NEW]));
  await save(home, { notice, deliveries });
  return true;
}

export async function save(home: Home, posted: Posted): Promise<void> {
  await writeJson(fileOf(home, posted.notice.id), posted);
}

/** All notices, the oldest first. */
export async function listPosted(home: Home): Promise<Posted[]> {
  const names = (await namesIn(home.notices)).filter((name) => name.endsWith('.json'));
  const texts = await inBatches(names, (name) => readIfPresent(join(home.notices, name)));
  return texts
    .filter((text) => text !== undefined)
    .map((text) => JSON.parse(text) as Posted)
    .toSorted((a, b) => (a.notice.at < b.notice.at ? -1 : 1));
}

function fileOf(home: Home, id: string): string {
  return join(home.notices, `${id}.json`);
}
