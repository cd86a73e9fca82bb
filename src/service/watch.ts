import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Calls `changed` after the file may have changed, until the function that it returns is called. */
export type WatchFile = (path: string, changed: () => void) => () => void;

const POLL_MS = 5000;

/**
 * Watches the folder, because a file that is renamed into place is another file each time; and looks every `pollMs` anyway, because
 * network drives and some containers report no changes. The caller must bear calls without a change.
 */
export function watchFile(path: string, changed: () => void, pollMs = POLL_MS): () => void {
  const name = basename(path);
  const watcher = watchFolder(dirname(path), (changedName) => {
    if (changedName === null || changedName === name) changed();
  });
  const poll = setInterval(changed, pollMs).unref();
  return () => {
    clearInterval(poll);
    watcher?.close();
  };
}

function watchFolder(folder: string, changed: (name: string | null) => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => changed(name));
    watcher.on('error', () => watcher.close()); // the folder went away
    return watcher;
  } catch {
    return undefined; // the system has no watches left: the poll has to do
  }
}
