import { useCallback, useEffect, useState } from 'preact/hooks';
import { ApiError } from './api.ts';

/** Something that was asked of the API. */
export type Asked<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: ApiError; readonly again: () => void }
  | { readonly state: 'ready'; readonly value: T; readonly again: () => void };

/**
 * Asks once, and again when a dependency changes, when `again` is called, and every `everyMs`. What is there stays while it is asked for
 * again.
 */
export function useAsked<T>(ask: () => Promise<T>, on: readonly unknown[], everyMs?: number): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((n) => n + 1), []);
  useEffect(() => {
    let over = false;
    const follow = async (): Promise<void> => {
      const next = await settle(ask, again);
      if (!over) setAsked(next);
    };
    void follow();
    return () => {
      over = true;
    };
  }, [...on, round]);
  useEffect(() => {
    if (everyMs === undefined) return undefined;
    const timer = setInterval(again, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, again]);
  return asked;
}

async function settle<T>(ask: () => Promise<T>, again: () => void): Promise<Asked<T>> {
  try {
    return { state: 'ready', value: await ask(), again };
  } catch (error) {
    const told =
      error instanceof ApiError ? error : new ApiError({ code: 'page', status: 0, title: String(error) });
    return { state: 'failed', error: told, again };
  }
}
