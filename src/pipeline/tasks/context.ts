import type { Home } from '../../core/home.js';
import type { Progress } from '../../core/progress.js';
import type { Span } from '../../core/tracing.js';
import type { FeatureContract } from '../../features/contract.js';
import type { Alert } from '../alert.js';
import type { AttemptRules } from '../attempts.js';
import type { ClusterAccess } from '../cluster.js';
import type { Resources } from '../options.js';
import type { RunRecord } from '../run-record.js';

/** All that a task may touch: values it reads, and the effects that the edge hands in. */
export interface TaskContext {
  readonly home: Home;
  readonly record: RunRecord;
  readonly contract: FeatureContract;
  readonly resources: Resources;
  /** For runs whose options name a cluster. */
  readonly cluster: ClusterAccess;
  readonly progress: Progress;
  /** Who asked for the run; written into the ledger. */
  readonly actor: string;
  readonly now: () => Date;
  /** Where T5's alert goes. */
  readonly notify: (alert: Alert) => Promise<void>;
  /** How often and for how long a task is tried; ATTEMPTS unless given. */
  readonly attempts?: AttemptRules;
  /** What the tasks are part of, where traces are collected. */
  readonly span?: Span | undefined;
}

/** How a task ended, when it did not throw. */
export interface TaskOutcome {
  readonly state: 'done' | 'refused';
  /** One line for a person. */
  readonly summary: string;
  /** Version that T2 trained. */
  readonly version?: string;
}
