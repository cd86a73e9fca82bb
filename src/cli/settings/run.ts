import { ATTEMPTS } from '../../pipeline/attempts.js';
import { DEFAULT_OPTIONS, defaultResources } from '../../pipeline/options.js';
import { segmentCount } from '../parse.js';
import { autoOr, like, path, real, several, time, whole, yesNo } from './kind.js';
import type { Group } from './setting.js';

const { gate } = DEFAULT_OPTIONS;
const { threads, memoryLimit } = defaultResources();
const share = real({ minimum: 0, maximum: 1 });

/** What a run does. */
export const RUN = {
  title: 'What a run does',
  commands: ['run', 'task', 'up', 'demo'],
  settings: {
    source: {
      kind: path('a path'),
      what: 'catalogue: CSV, CSV.gz or Parquet; a file, a folder or a glob',
      argument: '<path>',
      unless: 'nothing to train on; `demo` makes one',
    },
    k: {
      kind: autoOr(segmentCount),
      what: 'segments: a number, or «auto»: as many as the model in production has, or a choice from 2 to 12',
      argument: '<number>',
      fallback: String(DEFAULT_OPTIONS.k),
    },
    chooseK: {
      kind: yesNo,
      what: 'with --k auto: choose anew, whatever the model in production has',
      argument: '[yes|no]',
      unless: 'no',
    },
    minSilhouette: {
      kind: real({ minimum: -1, maximum: 1 }),
      what: 'gate: least Euclidean Silhouette',
      argument: '<score>',
      unless: unlessPolicy(gate.minSilhouette),
    },
    maxSilhouetteDrop: {
      kind: share,
      what: 'gate: largest drop against production',
      argument: '<share>',
      unless: unlessPolicy(gate.maxSilhouetteDrop),
    },
    minSegmentShare: {
      kind: share,
      what: 'gate: least share of the smallest segment',
      argument: '<share>',
      unless: unlessPolicy(gate.minSegmentShare),
    },
    seed: {
      kind: whole(0),
      what: 'seed of the split and of K-Means',
      argument: '<number>',
      fallback: String(DEFAULT_OPTIONS.seed),
    },
    starts: {
      kind: whole(1),
      what: 'K-Means starts, of which the best is kept',
      argument: '<number>',
      fallback: String(DEFAULT_OPTIONS.starts),
    },
    testShare: {
      kind: real({ minimum: 0.01, maximum: 0.99 }),
      what: 'share of the tracks held back for testing',
      argument: '<share>',
      fallback: String(DEFAULT_OPTIONS.test_share),
    },
    exactSilhouetteRows: {
      kind: whole(2),
      what: 'rows up to which the Euclidean Silhouette is exact; above, a sample',
      argument: '<number>',
      fallback: String(DEFAULT_OPTIONS.exact_silhouette_rows),
    },
    genres: {
      kind: several('names of genres'),
      what: 'keep these genres only, separated by commas',
      argument: '<list>',
      unless: 'all',
    },
    maxDurationMs: {
      kind: whole(1),
      what: 'keep tracks shorter than this, in milliseconds',
      argument: '<number>',
      unless: 'all',
    },
    rowLimit: { kind: whole(1), what: 'keep the first rows only', argument: '<number>', unless: 'all' },
    retries: {
      kind: whole(0),
      what: 'further attempts of a task that failed of what may pass',
      argument: '<number>',
      fallback: String(ATTEMPTS.retries),
    },
    taskTimeout: {
      kind: time,
      what: 'longest that a task may take, such as 90m',
      argument: '<time>',
      unless: `${ATTEMPTS.timeLimitMs / 3_600_000}h`,
    },
  },
} as const satisfies Group;

/** How much of the machine to use. */
export const RESOURCES = {
  title: 'How much of the machine it uses',
  commands: ['run', 'task', 'up', 'demo', 'replay', 'assign', 'drift', 'models diff'],
  settings: {
    threads: {
      kind: whole(1),
      what: 'worker threads; never changes the result',
      argument: '<number>',
      fallback: String(threads),
      unless: 'one for each core',
    },
    memoryLimit: {
      kind: like('a size, such as 1GB', /^\d+(\.\d+)? ?[KMGTkmgt][Ii]?[Bb]$/),
      what: 'memory of the SQL engine, such as 1GB',
      argument: '<size>',
      fallback: memoryLimit,
    },
  },
} as const satisfies Group;

/** The limits of the gate are the policy file's first, which belongs to the home. */
function unlessPolicy(limit: number): string {
  return `${limit}, or what the home's policy file says`;
}
