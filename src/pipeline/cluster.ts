import { SegueError } from '../core/errors.js';
import type { Progress } from '../core/progress.js';
import type { Cluster } from '../engine/cluster.js';

/** The cluster that a run may need: it is opened when something first asks for it. */
export interface ClusterAccess {
  /** Aborted when the process is asked to end: what the cluster does for us is interrupted. */
  readonly signal: AbortSignal;
  /**
   * The session that is open, or a new one.
   *
   * @throws SegueError SEGUE_USAGE where no address was given; SEGUE_SPARK_*
   */
  open(): Promise<Cluster>;
  /**
   * Names a folder on the cluster's storage for a work of that name, which reads that source.
   *
   * @throws SegueError SEGUE_USAGE where none was given and this machine's storage won't do
   */
  workFor(source: string, name: string): string;
  /** Ends the session, if one is open; `open` begins another then. */
  close(): Promise<void>;
}

/** The cluster, whose progress from now on is that of this work. */
export async function clusterFor(access: ClusterAccess, progress: Progress): Promise<Cluster> {
  const cluster = await access.open();
  cluster.onProgress = (done, tasks) => progress.advance(done, tasks, 'tasks');
  return cluster;
}

/** Where nobody gave the address of one. */
export const NO_CLUSTER: ClusterAccess = {
  signal: new AbortController().signal,
  open: async () => {
    throw new SegueError('SEGUE_USAGE', {
      what: 'The run needs its cluster, and no address was given',
      mend: 'Give the address as when the run was begun.',
    });
  },
  workFor: (_source, name) => name,
  close: async () => {},
};
