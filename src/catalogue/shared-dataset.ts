import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { openBucket } from '../bucket/bucket.js';
import { fetchFolder, removeFolder, type SharedFolder, sendFolder } from '../bucket/folders.js';
import type { DatasetFiles, Home } from '../core/home.js';

/** The largest object that S3 takes in one request. */
const MAX_BYTES = 5 * 1024 ** 3;

/**
 * Puts the tracks that a version was trained from into the bucket, if the home has one: a service on another machine makes playlists
 * of them.
 *
 * @returns false where a file is too large for one object; the version serves without playlists there
 * @throws SegueError SEGUE_REGISTRY_UNREACHABLE
 */
export async function shareDataset(home: Home, run: string, version: string): Promise<boolean> {
  if (home.registry === undefined) return true;
  const files = home.dataset(run);
  const sizes = await Promise.all(partsOf(files).map(async (path) => (await stat(path)).size));
  if (sizes.some((size) => size > MAX_BYTES)) return false;
  await sendFolder(await openBucket(home.registry), sharedFolder(files, version));
  return true;
}

/**
 * Brings the tracks of a version from the bucket into `datasets/<version>/`.
 *
 * @returns false where the home has no bucket, or that doesn't have them
 * @throws SegueError SEGUE_REGISTRY_UNREACHABLE
 */
export async function fetchDataset(home: Home, version: string): Promise<boolean> {
  if (home.registry === undefined) return false;
  return fetchFolder(await openBucket(home.registry), sharedFolder(home.dataset(version), version));
}

/** Removes the tracks of a version from the bucket. */
export async function forgetDataset(home: Home, version: string): Promise<void> {
  if (home.registry === undefined) return;
  await removeFolder(await openBucket(home.registry), sharedFolder(home.dataset(version), version));
}

function sharedFolder(files: DatasetFiles, version: string): SharedFolder {
  return {
    folder: files.folder,
    key: `datasets/${version}`,
    names: partsOf(files).map((path) => basename(path)),
  };
}

function partsOf({ xTrain, yTrain, xTest, yTest, report }: DatasetFiles): readonly string[] {
  return [xTrain, yTrain, xTest, yTest, report];
}
