import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { SegueError } from '../core/errors.js';
import { draftPath, isNodeError, moveIntoPlace, writeJson, writeWhole } from '../core/files.js';
import { sha256 } from '../core/hash.js';
import type { Home } from '../core/home.js';
import {
  CHECKED_FILES,
  type CheckedFile,
  type Checksums,
  compareChecksums,
  parseChecksums,
} from './checksums.js';
import { type Model, modelText } from './format.js';
import { corrupt, parseModel } from './parse.js';
import { VERSION_PATTERN } from './schema.js';
import { fetchVersion } from './shared-version.js';

/** What the folder of one version holds. The trainer decides what metrics and profile say. */
export interface ModelVersion {
  readonly model: Model;
  readonly metrics: unknown;
  readonly profile: unknown;
}

/**
 * Writes `models/<version>/`, whole or not at all. A version is never written over: where the same model is there already, its folder
 * is checked and kept as it is, metrics and parent included.
 *
 * @throws SegueError SEGUE_MODEL_CORRUPT when the folder that is there fails its check
 */
export async function writeModelVersion(home: Home, given: ModelVersion): Promise<'written' | 'existing'> {
  const { version, hash } = given.model;
  const { folder } = home.model(version);
  if (!(await isHere(home, version)) && (await place(folder, given))) return 'written';
  const kept = await loadModel(home, version);
  if (kept.hash !== hash) throw corrupt(folder, 'holds another model of the same name', kept.hash, hash);
  return 'existing';
}

/**
 * The model of a version, once every file of its folder has passed its check.
 *
 * @throws SegueError SEGUE_MODEL_NOT_FOUND, SEGUE_MODEL_CORRUPT; with a bucket also SEGUE_REGISTRY_UNREACHABLE
 */
export async function loadModel(home: Home, version: string): Promise<Model> {
  return (await loadVersion(home, version)).model;
}

/** Model, metrics and profile of a version, checked, with the checksums that they have. Errors as `loadModel`. */
export async function loadVersion(
  home: Home,
  version: string,
): Promise<ModelVersion & { checksums: Checksums }> {
  const files = home.model(checkVersionName(version));
  if (!(await isHere(home, version))) throw notFound(version);
  const [model, metrics, profile, checksums] = await Promise.all(
    [files.model, files.metrics, files.profile, files.checksums].map(readPart),
  );
  const found: Checksums = {
    'model.json': sha256(model!),
    'metrics.json': sha256(metrics!),
    'profile.json': sha256(profile!),
  };
  compareChecksums(files.folder, found, parseChecksums(String(checksums), files.checksums));
  const parsed = parseModel(String(model), files.model);
  if (parsed.version !== version)
    throw corrupt(files.folder, 'holds another version', parsed.version, version);
  return {
    model: parsed,
    metrics: JSON.parse(String(metrics)),
    profile: JSON.parse(String(profile)),
    checksums: found,
  };
}

export function isVersionName(name: string): boolean {
  return new RegExp(VERSION_PATTERN).test(name);
}

/** Refuses what can't be a version before it is used as the name of a folder. */
export function checkVersionName(version: string): string {
  if (isVersionName(version)) return version;
  throw notFound(version);
}

/** No version has that name. */
export function notFound(version: string): SegueError {
  return new SegueError('SEGUE_MODEL_NOT_FOUND', {
    what: 'No model version with that name in this home',
    value: version,
    mend: 'List the versions by «segue models list».',
  });
}

/** Whether the home has the version; one that only its bucket has is brought here. */
export async function isHere(home: Home, version: string): Promise<boolean> {
  return (await exists(home.model(version).folder)) || fetchVersion(home, version);
}

/** Writes the folder beside its place and moves it there; false where another process was faster with the same version. */
async function place(folder: string, { model, metrics, profile }: ModelVersion): Promise<boolean> {
  const texts: Record<CheckedFile, string> = {
    'model.json': modelText(model),
    'metrics.json': `${JSON.stringify(metrics, null, 2)}\n`,
    'profile.json': `${JSON.stringify(profile, null, 2)}\n`,
  };
  parseModel(texts['model.json'], 'the model to be written'); // what could not be read again is not written
  const draft = draftPath(folder);
  await mkdir(draft, { recursive: true });
  try {
    for (const name of CHECKED_FILES) await writeWhole(`${draft}/${name}`, texts[name]);
    const sums = CHECKED_FILES.map((name) => [name, sha256(texts[name])] as const);
    await writeJson(`${draft}/checksums.json`, Object.fromEntries(sums));
    await moveIntoPlace(draft, folder);
    return true;
  } catch (error) {
    if (await exists(folder)) return false;
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function readPart(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isNodeError(error, 'ENOENT')) throw corrupt(path, 'the file is missing');
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isNodeError(error, 'ENOENT')) return false;
    throw error;
  }
}
