import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBucket } from '../bucket/bucket.js';
import { namesIn, writeWhole } from '../core/files.js';
import type { Home } from '../core/home.js';
import { COPIES, dayOf, daysBefore, KEPT_DAYS } from './windows.js';

const PREFIX = 'drift/';

/**
 * Where several homes share a bucket: puts what this home was asked into it, and brings copies of what the others were asked. A file has
 * one writer and only grows, so that the newest is the whole of it; those of days that are over are brought once.
 *
 * @throws SegueError SEGUE_REGISTRY_UNREACHABLE
 */
export async function shareWindows(home: Home, now: Date): Promise<void> {
  if (home.registry === undefined) return;
  const bucket = await openBucket(home.registry);
  const recent = [daysBefore(now, 1), dayOf(now)];
  for (const day of recent) {
    const own = (await namesIn(join(home.drift, day))).filter((name) => name.endsWith('.json'));
    for (const name of own)
      await bucket.write(`${PREFIX}${day}/${name}`, await readFile(join(home.drift, day, name)));
  }
  const first = daysBefore(now, KEPT_DAYS);
  for (const key of await bucket.list(PREFIX)) {
    const [day = '', name = ''] = key.slice(PREFIX.length).split('/');
    if (day < first) await bucket.remove(key);
    else if (
      !(await isThere(join(home.drift, day, name))) &&
      (recent.includes(day) || !(await isThere(copyOf(home, day, name))))
    )
      await bring(home, day, name, await bucket.read(key));
  }
}

async function bring(home: Home, day: string, name: string, bytes: Buffer | undefined): Promise<void> {
  if (bytes !== undefined) await writeWhole(copyOf(home, day, name), bytes);
}

function copyOf(home: Home, day: string, name: string): string {
  return join(home.drift, day, COPIES, name);
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
