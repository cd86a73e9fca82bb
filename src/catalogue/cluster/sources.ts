import { sha256OfJson } from '../../core/hash.js';
import type { Cluster, ClusterFile } from '../../engine/cluster.js';
import { isGlob } from '../glob.js';
import { CATALOGUE_FILE, commonFolder, noCatalogueIn, notFound } from '../sources.js';
import { emptySource } from '../stage-catalogue.js';

/** One file of a catalogue on the storage of a cluster. */
export interface ClusterSource extends ClusterFile {
  /** What reports call it: its name, or its path within the folder that was given. */
  readonly name: string;
}

export interface ClusterSources {
  /** In the order of their names. */
  readonly files: readonly ClusterSource[];
  /** Files of the folder or glob that hold no catalogue. The cluster doesn't show those that it takes for hidden. */
  readonly ignored: readonly string[];
}

/**
 * Finds the files of a source as `findSources` does on this machine. A glob is read as Hadoop reads globs.
 *
 * @throws SegueError SEGUE_SOURCE_NOT_FOUND, SEGUE_SOURCE_EMPTY for a folder without a catalogue, SEGUE_SPARK_*
 */
export async function findClusterSources(cluster: Cluster, source: string): Promise<ClusterSources> {
  const sources = await listSources(cluster, source);
  await cluster.expect(sources.files.reduce((sum, { bytes }) => sum + bytes, 0));
  return sources;
}

async function listSources(cluster: Cluster, source: string): Promise<ClusterSources> {
  const exact = await cluster.files(source, false);
  if (exact !== undefined) {
    // files without a byte are hidden from a cluster
    if (exact.length === 0 && CATALOGUE_FILE.test(source)) throw emptySource(source, 0);
    const [first] = exact;
    const isFile = exact.length === 1 && plainPath(first!.path) === plainPath(source);
    if (isFile) return { files: [{ ...first!, name: baseName(first!.path) }], ignored: [] };
    const root = `${plainPath(source)}/`;
    const files = exact.map((file) => ({ ...file, name: plainPath(file.path).slice(root.length) }));
    if (!files.some(({ name }) => CATALOGUE_FILE.test(name))) throw noCatalogueIn(source);
    return parted(files, false);
  }
  if (!isGlob(source)) throw notFound(source, 'There is no such file or folder');
  const matching = await cluster.files(source.replaceAll('[!', '[^'), true);
  if (matching === undefined || matching.length === 0) throw notFound(source, 'No file matches the glob');
  const common = commonFolder(matching.map(({ path }) => path));
  return parted(
    matching.map((file) => ({ ...file, name: file.path.slice(common.length) })),
    true,
  );
}

/**
 * Names a source's files, their sizes and times of change, without reading them, as `fingerprintOf` does on this machine.
 *
 * @throws SegueError as `findClusterSources`
 */
export async function clusterFingerprint(cluster: Cluster, source: string): Promise<string> {
  const { files } = await findClusterSources(cluster, source);
  return sha256OfJson(files.map(({ name, bytes, changed }) => ({ name, bytes, changed })));
}

function parted(files: readonly ClusterSource[], orAll: boolean): ClusterSources {
  const named = files.filter(({ name }) => CATALOGUE_FILE.test(name));
  const chosen = named.length === 0 && orAll ? files : named;
  return {
    files: chosen.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ignored: files
      .filter((file) => !chosen.includes(file))
      .map(({ name }) => name)
      .toSorted(),
  };
}

/** A path as it is compared: `file:///tmp/x/`, `file:/tmp/x` and `/tmp/x` are one. */
function plainPath(path: string): string {
  return path.replace(/^file:\/*/, '/').replace(/\/+$/, '');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
