import type { Home } from '../core/home.js';
import type { Channel } from './channel.js';
import { deliver } from './deliver.js';
import { type Notice, recoveryNotice } from './notice.js';
import { listPosted, post } from './outbox.js';

/** How long a run waits for its notice to be taken, in milliseconds. */
const BUDGET_MS = 20_000;

/** Events that no promotion ends. */
const PASSING: ReadonlySet<Notice['event']> = new Set(['missed', 'drift']);

export interface Teller {
  /**
   * Tells an event once; what can't be delivered in time waits for the next process. Never throws for a channel's sake.
   *
   * @returns false where it was told before
   */
  tell(notice: Notice): Promise<boolean>;
  /** After a promotion: tells that trouble which was told is over. */
  recovered(run: string, version: string): Promise<void>;
  /** Sends what earlier processes left. @returns how many are still left */
  sendRest(): Promise<number>;
}

/** @param onLeft told how many notices wait */
export function tellerOf(
  home: Home,
  channels: readonly Channel[],
  now: () => Date,
  onLeft: (count: number) => void = () => {},
): Teller {
  const sendRest = async (): Promise<number> => {
    if (channels.length === 0) return 0;
    const left = await deliver(home, channels, { budgetMs: BUDGET_MS, now });
    if (left > 0) onLeft(left);
    return left;
  };
  const tell = async (notice: Notice): Promise<boolean> => {
    const isNew = await post(home, notice, channels);
    await sendRest();
    return isNew;
  };
  return {
    tell,
    async recovered(run, version) {
      const last = (await listPosted(home)).findLast(({ notice }) => !PASSING.has(notice.event))?.notice;
      if (last !== undefined && last.event !== 'recovered')
        await tell(recoveryNotice(last, run, version, now()));
      else await sendRest();
    },
    sendRest,
  };
}
