import type { FastifyBaseLogger } from 'fastify';
import type { Tracing } from '../core/tracing.js';
import type { ServedDrift } from '../drift/served.js';
import type { FeatureContract } from '../features/contract.js';
import type { Catalogue } from '../playlists/catalogue.js';
import type { Archive } from './archive.js';
import type { Attempts } from './attempts.js';
import type { AuditLog } from './audit-log.js';
import type { KeyRing } from './key-ring.js';
import type { LiveModel } from './live-model.js';
import type { LogLevels } from './log-level.js';
import type { ModelSource } from './model-source.js';
import type { Observer } from './observer.js';
import type { Promotions } from './promotions.js';
import type { RoundGate } from './round-gate.js';
import type { SecuritySettings } from './security.js';
import type { SegmentNames } from './segment-names.js';
import type { Sessions } from './session.js';
import type { StartRun } from './start-run.js';

/** What the service is made of; all its effects are in here. */
export interface AppDeps {
  /** What requests hold; the models of `models` have been trained on it. */
  readonly contract: FeatureContract;
  readonly models: ModelSource;
  readonly keys: KeyRing;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly audit: AuditLog;
  /** Milliseconds on a clock that never goes back. */
  readonly ticks: () => number;
  readonly archive: Archive;
  readonly names: SegmentNames;
  readonly promotions: Promotions;
  /** Begins a run; undefined where the service has no source. */
  readonly startRun?: StartRun | undefined;
  /** Whether the service is about to stop: what is in front of it should send elsewhere. */
  readonly leaving: () => boolean;
  /** The tracks behind the models of `models`. */
  readonly catalogue: Catalogue;
  readonly observer: Observer;
  /** What was asked of a model in the last days; a week unless told. */
  readonly drift: (live: LiveModel, days?: number) => Promise<ServedDrift>;
  readonly logger: FastifyBaseLogger;
  /** Level of the log, which may change. */
  readonly logLevels: LogLevels;
  readonly now: () => Date;
  /** Where traces are collected. */
  readonly tracing?: Tracing | undefined;
  readonly security: SecuritySettings;
  /** Says which requests can be answered in time; the real one unless given. */
  readonly gate?: RoundGate;
  /** Segue's version, for the OpenAPI document. */
  readonly version: string;
}
