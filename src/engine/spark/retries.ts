import { setTimeout as delay } from 'node:timers/promises';

/** How long a fault that may pass is put up with. */
export interface Patience {
  /** Tries in all, of which none brought anything. */
  readonly tries: number;
  /** Milliseconds before the second try; each further wait is `factor` times as long, up to the longest. */
  readonly firstWaitMs: number;
  readonly factor: number;
  readonly longestWaitMs: number;
}

/** Nobody waits long for a wrong address: three seconds. */
export const FIRST_CONTACT: Patience = { tries: 4, firstWaitMs: 150, factor: 4, longestWaitMs: 2400 };

/** Work under way is worth a restart of a proxy, or of a driver's network: about a minute. */
export const UNDER_WAY: Patience = { tries: 10, firstWaitMs: 100, factor: 3, longestWaitMs: 10_000 };

/** Waits so many milliseconds; ends early with the signal's reason. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

export const waitForReal: Wait = async (ms, signal) => {
  await delay(ms, undefined, signal === undefined ? {} : { signal });
};

export interface Retries {
  /**
   * Waits before the next try.
   *
   * @throws the error, if it doesn't pass or if no try is left
   */
  failed(error: unknown): Promise<void>;
  /** Something was got: patience starts anew. */
  succeeded(): void;
}

export function retries(
  { tries, firstWaitMs, factor, longestWaitMs }: Patience,
  passes: (error: unknown) => boolean,
  wait: Wait,
  signal?: AbortSignal,
): Retries {
  let failures = 0;
  return {
    async failed(error) {
      failures += 1;
      if (failures >= tries || !passes(error)) throw error;
      await wait(Math.min(longestWaitMs, firstWaitMs * factor ** (failures - 1)), signal);
    },
    succeeded() {
      failures = 0;
    },
  };
}

/** Does a work until it succeeds, or fails of what doesn't pass. It must be harmless to repeat. */
export async function untilDone<T>(work: () => Promise<T>, attempts: Retries): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      await attempts.failed(error);
    }
  }
}
