import { setTimeout as pause } from 'node:timers/promises';
import { SegueError } from '../core/errors.js';
import type { Home } from '../core/home.js';
import { withLock } from '../core/lock.js';
import { type Channel, Undelivered } from './channel.js';
import { type Delivery, listPosted, type Posted, save } from './outbox.js';

export interface DeliveryRules {
  /** For how long to try, in milliseconds: what is left then, the next process sends. */
  readonly budgetMs: number;
  readonly now: () => Date;
  readonly firstWaitMs?: number;
}

/** Attempts after which a channel gives a notice up. */
const MOST_ATTEMPTS = 20;

const FIRST_WAIT_MS = 500;

/**
 * Sends what is put down and not yet sent, the oldest first, one process at a time: each notice once on each channel. Only a process that dies between
 * the other side's «taken» and its own note of it sends one again.
 *
 * @returns how many are left to be sent
 */
export async function deliver(
  home: Home,
  channels: readonly Channel[],
  rules: DeliveryRules,
): Promise<number> {
  try {
    return await withLock(`${home.notices}.lock`, async () => sendAll(home, channels, rules));
  } catch (error) {
    if (error instanceof SegueError && error.code === 'SEGUE_HOME_LOCKED') return 0; // the holder sends them
    throw error;
  }
}

async function sendAll(home: Home, channels: readonly Channel[], rules: DeliveryRules): Promise<number> {
  const deadline = performance.now() + rules.budgetMs;
  let left = 0;
  for (const posted of await listPosted(home)) {
    let current = posted;
    for (const channel of channels) {
      current = await sendOn(home, current, channel, deadline, rules);
      if (current.deliveries[channel.name]?.state === 'pending') left += 1;
    }
  }
  return left;
}

async function sendOn(
  home: Home,
  posted: Posted,
  channel: Channel,
  deadline: number,
  { now, firstWaitMs = FIRST_WAIT_MS }: DeliveryRules,
): Promise<Posted> {
  let current = posted;
  for (let wait = firstWaitMs; ; wait *= 2) {
    const before = current.deliveries[channel.name];
    if (before?.state !== 'pending' || performance.now() > deadline) return current;
    const { delivery, afterMs } = await attempt(channel, current, before, now);
    current = { ...current, deliveries: { ...current.deliveries, [channel.name]: delivery } };
    await save(home, current);
    if (delivery.state !== 'pending') return current;
    const least = Math.max(wait, afterMs ?? 0);
    if (performance.now() + least > deadline) return current;
    await pause(least);
  }
}

async function attempt(
  channel: Channel,
  { notice }: Posted,
  before: Delivery,
  now: () => Date,
): Promise<{ readonly delivery: Delivery; readonly afterMs?: number | undefined }> {
  const attempts = before.attempts + 1;
  try {
    await channel.send(notice);
    return { delivery: { state: 'sent', attempts, error: null, sent_at: now().toISOString() } };
  } catch (error) {
    if (!(error instanceof Undelivered)) throw error;
    const state = error.mayPass && attempts < MOST_ATTEMPTS ? 'pending' : 'failed';
    return { delivery: { state, attempts, error: error.message, sent_at: null }, afterMs: error.afterMs };
  }
}
