import { appendFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { isNodeError } from './files.js';
import type { Home } from './home.js';
import { withLock } from './lock.js';

/** A line of the audit log. It never holds a key, a secret, a feature value or a body. */
export interface AuditEntry {
  readonly time: string;
  readonly event: string;
  readonly [member: string]: unknown;
}

/** The file is put aside when it is larger, in bytes; so many are kept beside it. 60 MB in all. */
const FILE_LIMIT = 10_000_000;
const KEPT_FILES = 5;

/** Another writer needs milliseconds. */
const LONGEST_WAIT_MS = 5000;

/** For its owner and group: client addresses are in it. */
const MODE = 0o640;

/**
 * Adds lines at the end of the audit log. Several processes may; a line is whole or the last one.
 *
 * @throws SegueError SEGUE_HOME_LOCKED
 */
export async function appendAudit(
  home: Home,
  entries: readonly AuditEntry[],
  fileLimit = FILE_LIMIT,
): Promise<void> {
  if (entries.length === 0) return;
  const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  await mkdir(home.root, { recursive: true });
  const append = async (): Promise<void> => {
    const size = await sizeOf(home.audit);
    if (size > 0 && size + text.length > fileLimit) await putAside(home);
    await appendFile(home.audit, text, { mode: MODE, flush: true });
  };
  await withLock(`${home.audit}.lock`, append, { waitMs: LONGEST_WAIT_MS });
}

/** `audit.jsonl` becomes `audit.1.jsonl`, and so on; the oldest goes. */
async function putAside(home: Home): Promise<void> {
  await rm(home.auditAside(KEPT_FILES), { force: true });
  for (let i = KEPT_FILES; i > 0; i -= 1) {
    const from = i === 1 ? home.audit : home.auditAside(i - 1);
    if ((await sizeOf(from)) > 0) await rename(from, home.auditAside(i));
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isNodeError(error, 'ENOENT')) return 0;
    throw error;
  }
}
