import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBucket } from '../bucket/bucket.js';
import { fetchFolder, removeFolder, type SharedFolder, sendFolder } from '../bucket/folders.js';
import { sha256 } from '../core/hash.js';
import type { Home } from '../core/home.js';
import { CHECKED_FILES, type Checksums, compareChecksums, parseChecksums } from './checksums.js';
import { corrupt } from './parse.js';

const LIST = 'checksums.json';

/**
 * Puts a version's files into the bucket, if the home has one. What is there is never written over.
 *
 * @throws SegueError SEGUE_REGISTRY_UNREACHABLE; SEGUE_MODEL_CORRUPT where the bucket has other files under that name
 */
export async function shareVersion(home: Home, version: string): Promise<void> {
  if (home.registry === undefined) return;
  const bucket = await openBucket(home.registry);
  const shared = folderOf(home, version);
  for (const name of await sendFolder(bucket, shared)) {
    const key = `${shared.key}/${name}`;
    const there = await bucket.read(key);
    if (there !== undefined && !there.equals(await readFile(join(shared.folder, name))))
      throw corrupt(`${home.registry}/${key}`, 'the bucket has another file under that name');
  }
}

/**
 * Brings a version's files from the bucket into the home, once they have passed their check.
 *
 * @returns false where the home has no bucket, or that doesn't have the version
 * @throws SegueError SEGUE_REGISTRY_UNREACHABLE, SEGUE_MODEL_CORRUPT
 */
export async function fetchVersion(home: Home, version: string): Promise<boolean> {
  const { registry } = home;
  if (registry === undefined) return false;
  const shared = folderOf(home, version);
  return fetchFolder(await openBucket(registry), shared, async (draft) => {
    const at = `${registry}/${shared.key}`;
    const sums = CHECKED_FILES.map(
      async (name) => [name, sha256(await readFile(join(draft, name)))] as const,
    );
    const found = Object.fromEntries(await Promise.all(sums)) as Checksums;
    compareChecksums(at, found, parseChecksums(await readFile(join(draft, LIST), 'utf8'), `${at}/${LIST}`));
  });
}

/** Removes a version's files from the bucket. */
export async function forgetVersion(home: Home, version: string): Promise<void> {
  if (home.registry === undefined) return;
  await removeFolder(await openBucket(home.registry), folderOf(home, version));
}

function folderOf(home: Home, version: string): SharedFolder {
  return {
    folder: home.model(version).folder,
    key: `models/${version}`,
    names: [...CHECKED_FILES, LIST],
  };
}
