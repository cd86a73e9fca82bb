import { SegueError } from '../../core/errors.js';
import { isPath } from '../../core/scheme.js';
import { parseSparkAddress, type SparkAddress } from '../../engine/spark/address.js';
import { absoluteSource } from '../../pipeline/source.js';
import type { Environment } from '../../secrets/near-secret.js';
import { readSecret } from '../../secrets/read-secret.js';
import type { AT_SCALE, CLUSTER } from '../settings/cluster.js';
import { isSetIn, type ValuesOf } from '../settings/setting.js';
import { SETTINGS } from '../settings/table.js';

export type ClusterFlags = ValuesOf<typeof CLUSTER>;

export type AtScaleFlags = ValuesOf<typeof AT_SCALE>;

/** Variable of the address; with _FILE or _VAULT it says where else that is. */
const SPARK = 'SEGUE_SPARK';

/**
 * Whether a cluster is to do the work.
 *
 * @param places that it reads or writes
 *
 * @throws SegueError SEGUE_USAGE for what is said of a cluster without asking for one, and for storage that only a cluster reads
 */
export function asksForCluster(
  flags: ClusterFlags & AtScaleFlags,
  places: readonly string[],
  env: Environment,
): boolean {
  const { engine } = flags;
  if (engine === 'spark') return true;
  const [more] = engine === undefined ? saidOfCluster(flags, env) : [];
  if (more !== undefined) {
    throw new SegueError('SEGUE_USAGE', {
      what: `${more} is given, but no cluster is asked for`,
      mend: 'Add --engine spark, or --engine duckdb where this machine is to do the work.',
    });
  }
  const elsewhere = places.find((place) => !isPath(place));
  if (elsewhere === undefined) return false;
  throw new SegueError('SEGUE_USAGE', {
    what: 'Such storage is not read or written from this machine',
    value: elsewhere,
    limit: 'a path',
    mend: 'Add --engine spark and --spark <address>: a cluster does it.',
  });
}

/** What is said of a cluster, by the names of its flags. */
function saidOfCluster(
  { spark, clusterWork, localRows }: ClusterFlags & AtScaleFlags,
  env: Environment,
): string[] {
  const said = {
    '--spark': spark !== undefined || isSetIn(env, 'spark', SETTINGS.get('spark')!),
    '--cluster-work': clusterWork !== undefined,
    '--local-rows': localRows !== undefined,
  };
  return Object.entries(said).flatMap(([flag, isSaid]) => (isSaid ? [flag] : []));
}

/**
 * Address of the cluster, from the flag, or from where a secret may be.
 *
 * @throws SegueError SEGUE_USAGE without one, or for one that is none; SEGUE_SECRET_UNREADABLE
 */
export async function addressOf({ spark }: ClusterFlags, env: Environment): Promise<SparkAddress> {
  const byFlag = spark !== env[SPARK] ? spark : undefined;
  const text = byFlag ?? (await readSecret(SPARK, env));
  if (text !== undefined) return parseSparkAddress(text);
  throw new SegueError('SEGUE_USAGE', {
    what: 'A Spark cluster is to do the work, and its address is not given',
    limit: 'sc://host:port',
    mend: `Add --spark <address>, or set ${SPARK}.`,
  });
}

/**
 * Folder on the cluster's storage below which it writes.
 *
 * @param root of the home
 * @throws SegueError SEGUE_USAGE where none is given and the source is not on storage that this machine may share
 */
export function workFolder({ clusterWork }: ClusterFlags, source: string, root: string): string {
  if (clusterWork !== undefined) return absoluteSource(clusterWork).replace(/(?<=[^/])\/+$/, '');
  if (isPath(source)) return `${root}/cluster`;
  throw new SegueError('SEGUE_USAGE', {
    what: 'The cluster needs a folder on its storage for what it writes',
    value: source,
    mend: 'Add --cluster-work <folder>, such as s3a://bucket/segue.',
  });
}

/** All that can be known to be wrong before the cluster is asked. @throws as `addressOf` and `workFolder` */
export async function checkCluster(flags: ClusterFlags, source: string, root: string): Promise<void> {
  await addressOf(flags, process.env);
  workFolder(flags, source, root);
}

/** Gives processes that this one begins the same address: by their environment, as everybody sees arguments. */
export function handDownAddress({ spark }: ClusterFlags, env: NodeJS.ProcessEnv): void {
  if (spark === undefined || spark === env[SPARK]) return;
  for (const place of ['_FILE', '_VAULT']) delete env[SPARK + place];
  env[SPARK] = spark;
}
