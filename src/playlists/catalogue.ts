import type { Home } from '../core/home.js';
import { headIn } from './index-file.js';
import type { Ask } from './messages.js';
import { readyIndex } from './ready-index.js';
import { CatalogueRefusal } from './refusal.js';
import { playlistThread } from './thread.js';

export type CatalogueState = 'ready' | 'loading' | 'none';

/** What happens to the index of a version; for the log. */
export type CatalogueEvent =
  | { readonly event: 'ready'; readonly version: string; readonly tracks: number; readonly built: boolean }
  | { readonly event: 'none'; readonly version: string }
  | { readonly event: 'damaged'; readonly version: string; readonly fault: string }
  | { readonly event: 'failed'; readonly version: string; readonly error: unknown }
  | { readonly event: 'thread died'; readonly error: unknown };

/** The tracks of the catalogue behind the model that serves. Its work is done by other threads and processes. */
export interface Catalogue {
  /** Makes ready for a version, beside the one before. Resolves when it is ready or known not to be; never rejects. */
  follow(version: string): Promise<void>;
  state(version: string): CatalogueState;
  /** @throws CatalogueRefusal */
  readonly ask: Ask;
  close(): Promise<void>;
}

export interface CatalogueOptions {
  readonly home: Home;
  /** Most tracks to hold; 0 for none at all. */
  readonly limit: number;
  readonly onEvent: (event: CatalogueEvent) => void;
  /** How long the version before stays, for requests that began with it, in milliseconds. */
  readonly keepMs: number;
}

/** After a failure, and where a dataset may come back. */
const RETRY_MS = 60_000;

export function openCatalogue({ home, limit, onEvent, keepMs }: CatalogueOptions): Catalogue {
  const thread = playlistThread((error) => onEvent({ event: 'thread died', error }));
  const states = new Map<string, CatalogueState>();
  let current: { readonly version: string; readonly stop: AbortController; done: Promise<void> } | undefined;
  let retry: NodeJS.Timeout | undefined;
  const drops = new Set<NodeJS.Timeout>();

  const dropLater = (version: string): void => {
    const timer = setTimeout(() => {
      drops.delete(timer);
      if (current?.version === version) return;
      states.delete(version);
      thread.drop(version);
    }, keepMs).unref();
    drops.add(timer);
  };

  const prepare = async (version: string, signal: AbortSignal): Promise<void> => {
    const onDamaged = (fault: string): void => onEvent({ event: 'damaged', version, fault });
    states.set(version, 'loading');
    try {
      const ready = limit === 0 ? undefined : await readyIndex({ home, version, limit, signal, onDamaged });
      if (signal.aborted) return;
      if (ready !== undefined) {
        await thread.hold(version, ready.memory);
        if (signal.aborted) return;
        states.set(version, 'ready');
        onEvent({ event: 'ready', version, tracks: headIn(ready.memory).tracks, built: ready.built });
        return;
      }
      onEvent({ event: 'none', version });
    } catch (error) {
      if (signal.aborted) return;
      onEvent({ event: 'failed', version, error });
    }
    states.set(version, 'none');
    if (limit > 0) retry = setTimeout(() => void follow(version), RETRY_MS).unref();
  };

  const follow = async (version: string): Promise<void> => {
    const before = current;
    if (before?.version === version && states.get(version) !== 'none') return before.done;
    clearTimeout(retry);
    before?.stop.abort();
    if (before !== undefined && before.version !== version) dropLater(before.version);
    const stop = new AbortController();
    const done = states.get(version) === 'ready' ? Promise.resolve() : prepare(version, stop.signal);
    current = { version, stop, done };
    return done;
  };

  return {
    follow,
    state: (version) => states.get(version) ?? 'none',
    async ask(version, kind, request) {
      const state = states.get(version) ?? 'loading';
      if (state !== 'ready')
        throw new CatalogueRefusal(state === 'loading' ? 'catalogue_loading' : 'no_catalogue');
      return thread.ask(version, kind, request);
    },
    async close() {
      clearTimeout(retry);
      for (const timer of drops) clearTimeout(timer);
      current?.stop.abort();
      await Promise.all([current?.done, thread.close()]);
    },
  };
}
