import type { Progress } from '../../core/progress.js';
import type { Cluster } from '../../engine/cluster.js';
import type { Judgement } from '../stage.js';

/** What staging a catalogue on a cluster needs. */
export interface ClusterStaging extends Judgement {
  readonly cluster: Cluster;
  /** Folder on the cluster's storage, for this work alone. */
  readonly work: string;
  /** Folder on this machine. */
  readonly scratch: string;
  readonly progress: Progress;
}
