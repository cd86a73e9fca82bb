import { SegueError } from '../../core/errors.js';
import type { Cluster } from '../../engine/cluster.js';

/** A file as Spark writes them: `part-00000-….zstd.parquet`. */
const PART = /\/part-[^/]*\.parquet$/;

/**
 * Makes sure that a folder which is to be written anew holds nothing but what was written so before.
 *
 * @throws SegueError SEGUE_USAGE
 */
export async function checkTarget(cluster: Cluster, folder: string): Promise<void> {
  const found = (await cluster.files(folder, false)) ?? [];
  const foreign = found.find(({ path }) => !PART.test(path));
  if (foreign === undefined) return;
  throw new SegueError('SEGUE_USAGE', {
    what: 'The folder that is to be written holds something else, which would be removed',
    value: foreign.path,
    limit: 'a new folder, or one that holds only what was written by such a command',
    mend: 'Give another --out.',
  });
}
