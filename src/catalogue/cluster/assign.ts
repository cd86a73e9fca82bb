import type { Progress } from '../../core/progress.js';
import type { Cluster } from '../../engine/cluster.js';
import type { AssignReport } from '../assign.js';
import type { SegmentModel } from '../assignment.js';
import type { RuleOptions } from '../rules.js';

export interface ClusterAssignOptions {
  readonly cluster: Cluster;
  readonly source: string;
  readonly model: SegmentModel;
  readonly rules: RuleOptions;
  readonly out: string;
  readonly work: string;
  readonly signal?: AbortSignal | undefined;
}

export async function assignOnCluster(
  _options: ClusterAssignOptions,
  _progress: Progress,
): Promise<AssignReport> {
  throw new Error('not yet');
}
