import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { SegueError } from '../core/errors.js';
import { isNodeError } from '../core/files.js';
import { sha256OfJson } from '../core/hash.js';
import { filesMatching, isGlob } from './glob.js';

/** One file of a catalogue. */
export interface SourceFile {
  readonly path: string;
  /** What reports call it: its name, or its path within the folder that was given. */
  readonly name: string;
  readonly bytes: number;
}

export interface Sources {
  readonly files: readonly SourceFile[];
  /** Files of the folder or glob that hold no catalogue, by their names. */
  readonly ignored: readonly string[];
}

export const CATALOGUE_FILE = /\.(csv|tsv)(\.gz)?$|\.parquet$/i;
/** Marks that Hadoop and Spark leave beside data, hidden files, checksums. */
const HIDDEN_FILE = /^[._]|\.crc$/;

/**
 * Finds the files of a source: a file, a folder (with its folders), or a glob. What exists by that very name is taken before the name is
 * read as a glob. The order is that of their names, whatever the file system's.
 *
 * @throws SegueError SEGUE_SOURCE_NOT_FOUND, SEGUE_SOURCE_EMPTY for a folder without a catalogue
 */
export async function findSources(source: string): Promise<Sources> {
  const found = await statIfPresent(source);
  if (found?.isFile()) {
    return { files: [{ path: resolve(source), name: basename(source), bytes: found.size }], ignored: [] };
  }
  if (found?.isDirectory()) return folderSources(source);
  if (found !== undefined) throw notFound(source, 'The source is neither a file nor a folder');
  if (!isGlob(source)) throw notFound(source, 'There is no such file or folder');
  return globSources(source);
}

/**
 * Names a source's files, their sizes and times of change, without reading them: equal fingerprints mean that nobody touched the source in
 * between.
 *
 * @throws SegueError as `findSources` does
 */
export async function fingerprintOf(source: string): Promise<string> {
  const { files } = await findSources(source);
  const facts = await Promise.all(
    files.map(async ({ path, name, bytes }) => ({ name, bytes, changed: (await stat(path)).mtimeMs })),
  );
  return sha256OfJson(facts);
}

async function folderSources(folder: string): Promise<Sources> {
  const paths = await filesUnder(folder);
  const files = await describe(
    paths.filter((path) => isVisible(relative(folder, path)) && CATALOGUE_FILE.test(path)),
    (path) => relative(folder, path),
  );
  const chosen = new Set(files.map(({ path }) => path));
  const ignored = paths.filter((path) => !chosen.has(resolve(path))).map((path) => relative(folder, path));
  if (files.length === 0) throw noCatalogueIn(folder);
  return { files, ignored: ignored.toSorted() };
}

export function noCatalogueIn(folder: string): SegueError {
  return new SegueError('SEGUE_SOURCE_EMPTY', {
    what: 'The folder holds no catalogue',
    value: folder,
    limit: 'files that end with .csv, .tsv, .csv.gz, .tsv.gz or .parquet',
    mend: 'Give the folder that holds the files, or one file.',
  });
}

async function globSources(pattern: string): Promise<Sources> {
  const matching = await filesMatching(pattern);
  const kinds = await Promise.all(matching.map(statIfPresent));
  const paths = matching.filter((_, i) => kinds[i]?.isFile());
  const visible = paths.filter((path) => isVisible(basename(path)));
  const byName = visible.filter((path) => CATALOGUE_FILE.test(path));
  const chosen = byName.length > 0 ? byName : visible;
  if (chosen.length === 0) throw notFound(pattern, 'No file matches the glob');
  const common = commonFolder(paths);
  const nameOf = (path: string): string => path.slice(common.length);
  const files = await describe(chosen, nameOf);
  return {
    files,
    ignored: paths
      .filter((path) => !chosen.includes(path))
      .map(nameOf)
      .toSorted(),
  };
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      const kind = entry.isSymbolicLink() ? await statIfPresent(path) : entry;
      if (kind?.isDirectory() && !entry.isSymbolicLink()) return filesUnder(path);
      return kind?.isFile() ? [path] : [];
    }),
  );
  return nested.flat();
}

async function describe(paths: readonly string[], nameOf: (path: string) => string): Promise<SourceFile[]> {
  const files = await Promise.all(
    paths.map(async (path) => ({
      path: resolve(path),
      name: nameOf(path).split(sep).join('/'),
      bytes: (await stat(path)).size,
    })),
  );
  return files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function isVisible(path: string): boolean {
  return path.split(sep).every((part) => !HIDDEN_FILE.test(part));
}

/** The folder that all paths share, with its separator. */
export function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => path.slice(0, path.lastIndexOf(sep) + 1));
  let common = folders[0] ?? '';
  while (!folders.every((folder) => folder.startsWith(common))) {
    common = common.slice(0, common.lastIndexOf(sep, common.length - 2) + 1);
  }
  return common;
}

async function statIfPresent(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (isNodeError(error, 'ENOENT') || isNodeError(error, 'ENOTDIR') || isNodeError(error, 'ENAMETOOLONG')) {
      return undefined;
    }
    throw error;
  }
}

export function notFound(source: string, what: string): SegueError {
  return new SegueError('SEGUE_SOURCE_NOT_FOUND', {
    what,
    value: source,
    mend: 'Give the path of a file or folder, or a glob in quotes.',
  });
}
