import { type Command, Option } from 'commander';
import type { GatePolicy } from '../../gate/policy.js';
import { readPolicyFile } from '../../gate/policy-file.js';
import { ATTEMPTS, type AttemptRules } from '../../pipeline/attempts.js';
import {
  DEFAULT_OPTIONS,
  defaultResources,
  type Resources,
  type RunOptions,
} from '../../pipeline/options.js';
import { absoluteSource } from '../../pipeline/source.js';
import { duration, integer, list, number, segmentCount, yesOrNo } from '../parse.js';
import { type CommonOptions, homeOf } from './common.js';

/** How often and for how long a task is tried. */
export interface AttemptFlags {
  readonly retries: number;
  /** Milliseconds. */
  readonly taskTimeout?: number;
}

/** The flags of `run`, `task` and `up` as commander gives them. */
export interface RunFlags extends Resources, AttemptFlags {
  readonly source?: string;
  readonly k: number | 'auto';
  readonly chooseK?: boolean;
  readonly seed: number;
  readonly starts: number;
  readonly testShare: number;
  readonly minSilhouette?: number;
  readonly maxSilhouetteDrop?: number;
  readonly minSegmentShare?: number;
  readonly exactSilhouetteRows: number;
  readonly genres?: string[];
  readonly maxDurationMs?: number;
  readonly rowLimit?: number;
}

/** Adds the flags that say what a run does, each also read from the environment (`--min-silhouette`: SEGUE_MIN_SILHOUETTE). */
export function withRunOptions(command: Command): Command {
  const add = adder(command);
  const { gate } = DEFAULT_OPTIONS;
  add('--source <path>', 'catalogue: CSV, CSV.gz or Parquet; a file, a folder or a glob', String);
  add(
    '--k <number>',
    'segments: a number, or «auto»: as many as the model in production has, or a choice from 2 to 12',
    segmentCount,
    DEFAULT_OPTIONS.k,
  );
  const chooseK = '--choose-k [yes|no]';
  const anew = new Option(chooseK, 'with --k auto: choose anew, whatever the model in production has');
  command.addOption(anew.env(environmentName(chooseK)).preset('yes').argParser(yesOrNo));
  add(
    '--min-silhouette <score>',
    `gate: least Euclidean Silhouette; ${gate.minSilhouette} unless the policy file says otherwise`,
    number({ minimum: -1, maximum: 1 }),
  );
  add(
    '--max-silhouette-drop <share>',
    `gate: largest drop against production; ${gate.maxSilhouetteDrop} likewise`,
    number({ minimum: 0, maximum: 1 }),
  );
  add(
    '--min-segment-share <share>',
    `gate: least share of the smallest segment; ${gate.minSegmentShare} likewise`,
    number({ minimum: 0, maximum: 1 }),
  );
  add('--seed <number>', 'seed of the split and of K-Means', integer(0), DEFAULT_OPTIONS.seed);
  add('--starts <number>', 'K-Means starts, of which the best is kept', integer(1), DEFAULT_OPTIONS.starts);
  add(
    '--test-share <share>',
    'share of the tracks held back for testing',
    number({ minimum: 0.01, maximum: 0.99 }),
    DEFAULT_OPTIONS.test_share,
  );
  add(
    '--exact-silhouette-rows <number>',
    'rows up to which the Euclidean Silhouette is exact; above, a sample',
    integer(2),
    DEFAULT_OPTIONS.exact_silhouette_rows,
  );
  add('--genres <list>', 'keep these genres only, separated by commas', list);
  add('--max-duration-ms <number>', 'keep tracks shorter than this, in milliseconds', integer(1));
  add('--row-limit <number>', 'keep the first rows only', integer(1));
  add(
    '--retries <number>',
    'further attempts of a task that failed of what may pass',
    integer(0),
    ATTEMPTS.retries,
  );
  add('--task-timeout <time>', 'longest that a task may take, such as 90m; 6h unless given', duration);
  return withResources(command, defaultResources());
}

/** Adds the flags that say how much of the machine to use. */
export function withResources(command: Command, resources: Resources): Command {
  const add = adder(command);
  const threads = new Option('--threads <number>', 'worker threads; never changes the result');
  command.addOption(
    threads.env(environmentName('--threads')).argParser(integer(1)).default(resources.threads, 'one a core'),
  );
  add('--memory-limit <size>', 'memory of the SQL engine, such as 1GB', String, resources.memoryLimit);
  return command;
}

type AddOption = (flag: string, text: string, parse: (text: string) => unknown, fallback?: unknown) => void;

function adder(command: Command): AddOption {
  return (flag, text, parse, fallback) => {
    const option = new Option(flag, text).env(environmentName(flag)).argParser(parse);
    command.addOption(fallback === undefined ? option : option.default(fallback));
  };
}

/**
 * What a run does, from its flags and a source; limits of the gate come from the home's policy file where no flag gives them.
 *
 * @throws SegueError SEGUE_USAGE for a policy file that can't be used
 */
export function runOptionsOf(flags: RunFlags & CommonOptions, source: string): RunOptions {
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
  };
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

function environmentName(flag: string): string {
  return `SEGUE_${flag.replace(/^--/, '').replace(/ .*/, '').replaceAll('-', '_').toUpperCase()}`;
}

export function attemptsOf({
  retries = ATTEMPTS.retries,
  taskTimeout = ATTEMPTS.timeLimitMs,
}: Partial<AttemptFlags>): AttemptRules {
  return { ...ATTEMPTS, retries, timeLimitMs: taskTimeout };
}

/** The flags that give the same options again; for starting a run in a process of its own. */
export function argumentsOf(options: RunOptions, resources: Resources): string[] {
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
    ['--threads', resources.threads],
    ['--memory-limit', resources.memoryLimit],
  ];
  return flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]));
}
