import type { Command } from 'commander';
import type { GatePolicy } from '../../gate/policy.js';
import { readPolicyFile } from '../../gate/policy-file.js';
import { ATTEMPTS, type AttemptRules } from '../../pipeline/attempts.js';
import { DEFAULT_OPTIONS, LOCAL_ROWS, type Resources, type RunOptions } from '../../pipeline/options.js';
import { absoluteSource } from '../../pipeline/source.js';
import { type AtScaleFlags, asksForCluster, type ClusterFlags, checkCluster } from '../cluster/asked.js';
import { AT_SCALE, CLUSTER } from '../settings/cluster.js';
import { withSettings } from '../settings/options.js';
import { RESOURCES, RUN } from '../settings/run.js';
import type { ValuesOf } from '../settings/setting.js';
import { type CommonOptions, homeOf } from './common.js';

/** The flags of `run`, `task` and `up` as commander gives them. */
export type RunFlags = ValuesOf<typeof RUN> & ResourceFlags;

/** The further flags of runs that a cluster may do. */
export type ClusterRunFlags = ClusterFlags & AtScaleFlags;

export type ResourceFlags = ValuesOf<typeof RESOURCES>;

/** Adds the flags that say what a run does. */
export function withRunOptions(command: Command): Command {
  return withResources(withSettings(command, RUN));
}

/** Adds the flags of runs that a cluster may do. */
export function withClusterRun(command: Command): Command {
  return withSettings(withSettings(withRunOptions(command), CLUSTER), AT_SCALE);
}

/** Adds the flags that say how much of the machine to use. */
export function withResources(command: Command): Command {
  return withSettings(command, RESOURCES);
}

/**
 * What a run does, from its flags and a source; limits of the gate come from the home's policy file where no flag gives them.
 *
 * @throws SegueError SEGUE_USAGE for a policy file that can't be used, and for a cluster that is half asked for
 */
export function runOptionsOf(flags: RunFlags & ClusterRunFlags & CommonOptions, source: string): RunOptions {
  return {
    source: absoluteSource(source),
    k: flags.k,
    ...(flags.chooseK === true ? { choose_k: true } : {}),
    seed: flags.seed,
    starts: flags.starts,
    test_share: flags.testShare,
    exact_silhouette_rows: flags.exactSilhouetteRows,
    rules: { genres: flags.genres, max_duration_ms: flags.maxDurationMs, row_limit: flags.rowLimit },
    gate: policyOf(flags),
    ...(asksForCluster(flags, [source], process.env)
      ? { engine: 'spark', local_rows: flags.localRows ?? LOCAL_ROWS }
      : {}),
  };
}

/**
 * The same for a command that may ask for a cluster, with all that can be known to be wrong beforehand.
 *
 * @throws SegueError SEGUE_USAGE, SEGUE_SECRET_UNREADABLE
 */
export async function checkedOptionsOf(
  flags: RunFlags & ClusterRunFlags & CommonOptions,
  source: string,
): Promise<RunOptions> {
  const options = runOptionsOf(flags, source);
  if (options.engine !== undefined) await checkCluster(flags, options.source, homeOf(flags).root);
  return options;
}

function policyOf(flags: RunFlags & CommonOptions): GatePolicy {
  const { minSilhouette, maxSilhouetteDrop, minSegmentShare } = flags;
  const given = Object.entries({ minSilhouette, maxSilhouetteDrop, minSegmentShare });
  return {
    ...DEFAULT_OPTIONS.gate,
    ...readPolicyFile(homeOf(flags).gatePolicy),
    ...Object.fromEntries(given.filter(([, limit]) => limit !== undefined)),
  };
}

export function resourcesOf({ threads, memoryLimit }: Resources): Resources {
  return { threads, memoryLimit };
}

export function attemptsOf({
  retries = ATTEMPTS.retries,
  taskTimeout = ATTEMPTS.timeLimitMs,
}: Partial<Pick<RunFlags, 'retries' | 'taskTimeout'>>): AttemptRules {
  return { ...ATTEMPTS, retries, timeLimitMs: taskTimeout };
}

/**
 * The flags that give the same options again; for starting a run in a process of its own. The address of a cluster is not among them
 * (`handDownAddress`).
 */
export function argumentsOf(options: RunOptions, resources: Resources, clusterWork?: string): string[] {
  const { rules, gate } = options;
  const flags: readonly (readonly [string, string | number | undefined])[] = [
    ['--source', options.source],
    ['--k', options.k],
    ['--choose-k', options.choose_k === true ? 'yes' : undefined],
    ['--min-silhouette', gate.minSilhouette],
    ['--max-silhouette-drop', gate.maxSilhouetteDrop],
    ['--min-segment-share', gate.minSegmentShare],
    ['--seed', options.seed],
    ['--starts', options.starts],
    ['--test-share', options.test_share],
    ['--exact-silhouette-rows', options.exact_silhouette_rows],
    ['--genres', rules.genres?.join(',')],
    ['--max-duration-ms', rules.max_duration_ms],
    ['--row-limit', rules.row_limit],
    ['--engine', options.engine ?? 'duckdb'],
    ['--local-rows', options.local_rows],
    ['--cluster-work', options.engine && clusterWork && absoluteSource(clusterWork)],
    ['--threads', resources.threads],
    ['--memory-limit', resources.memoryLimit],
  ];
  return flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]));
}
