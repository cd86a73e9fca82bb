import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { draftPath, isNodeError, moveIntoPlace } from '../core/files.js';
import type { Bucket } from './bucket.js';

/** A folder of files that never change, in a home and in a bucket. */
export interface SharedFolder {
  /** Path of the folder in the home. */
  readonly folder: string;
  /** What its keys begin with, without the slash. */
  readonly key: string;
  /** Its files. The last one is sent last: where it is, all are. */
  readonly names: readonly string[];
}

/**
 * Sends the files that the bucket doesn't have; what is there is never written over.
 *
 * @returns names of the files that were there
 */
export async function sendFolder(bucket: Bucket, { folder, key, names }: SharedFolder): Promise<string[]> {
  const there: string[] = [];
  for (const name of names) {
    if (!(await bucket.send(`${key}/${name}`, join(folder, name)))) there.push(name);
  }
  return there;
}

/**
 * Brings the folder from the bucket into the home, whole or not at all.
 *
 * @param check looks at the files before they are moved into place, and throws if they aren't what they should be
 * @returns false where the bucket doesn't have all of them
 */
export async function fetchFolder(
  bucket: Bucket,
  { folder, key, names }: SharedFolder,
  check: (draft: string) => Promise<void> = async () => {},
): Promise<boolean> {
  const draft = draftPath(folder);
  await mkdir(draft, { recursive: true });
  try {
    for (const name of names.toReversed()) {
      if (!(await bucket.fetch(`${key}/${name}`, join(draft, name)))) return false;
    }
    await check(draft);
    await moveIntoPlace(draft, folder).catch((error: unknown) => {
      if (!isNodeError(error, 'ENOTEMPTY') && !isNodeError(error, 'EEXIST')) throw error; // another process was faster
    });
    return true;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Removes the folder's files from the bucket, the last one first: where it isn't, the folder isn't. */
export async function removeFolder(bucket: Bucket, { key, names }: SharedFolder): Promise<void> {
  for (const name of names.toReversed()) await bucket.remove(`${key}/${name}`);
}
