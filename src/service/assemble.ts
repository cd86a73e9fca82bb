import { mkdir } from 'node:fs/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Home } from '../core/home.js';
import type { Tracing } from '../core/tracing.js';
import { segueVersion } from '../core/version.js';
import { servedDrift } from '../drift/served.js';
import { type FeatureContract, SPOTIFY_FEATURES } from '../features/contract.js';
import { type Catalogue, openCatalogue } from '../playlists/catalogue.js';
import { DEFAULT_LIMIT } from '../playlists/default-limit.js';
import { buildApp } from './app.js';
import { homeArchive } from './archive.js';
import { countAttempts, FAILED_ATTEMPTS } from './attempts.js';
import { followAudit, pendingAudit } from './audit-log.js';
import { catalogueLog } from './catalogue-log.js';
import { CONNECTION_LIMITS } from './connection-limits.js';
import { followAsked } from './follow-asked.js';
import { listKeys } from './key-file.js';
import { keyRing } from './key-ring.js';
import type { KeyRecord } from './keys.js';
import { foldKeysUsed, followUse } from './keys-used.js';
import { createLogger } from './log.js';
import { followLogLevel } from './log-level.js';
import type { Observer } from './observer.js';
import { followProduction, type ProductionEvents } from './production.js';
import { promotions } from './promotions.js';
import type { RoundGate } from './round-gate.js';
import type { SecuritySettings } from './security.js';
import { segmentNames } from './segment-names.js';
import { sessionSecret, sessions } from './session.js';
import type { StartRun } from './start-run.js';
import { type WatchFile, watchFile } from './watch.js';

/** What a service on a home folder needs; what is left out is the real thing. */
export interface ServiceOptions {
  readonly home: Home;
  readonly observer: Observer;
  readonly logger?: FastifyBaseLogger;
  readonly now?: () => Date;
  /** Milliseconds on a clock that never goes back. */
  readonly ticks?: () => number;
  readonly security?: SecuritySettings;
  readonly gate?: RoundGate;
  readonly watch?: WatchFile;
  /** Keys from outside the home folder. */
  readonly givenKeys?: readonly KeyRecord[];
  /** What requests hold where no model says it yet. */
  readonly contract?: FeatureContract;
  /** Most tracks that playlists choose from; 0 holds none. */
  readonly catalogueLimit?: number;
  /** Begins a run; without it, none can be begun by the API. */
  readonly startRun?: StartRun | undefined;
  /** Told when the version in production can't be served, and when it can again. */
  readonly onRefused?: ProductionEvents['onRefused'] | undefined;
  /** Whether the service is about to stop; never unless told. */
  readonly leaving?: () => boolean;
  /** Where traces are collected; closed with the app. */
  readonly tracing?: Tracing | undefined;
}

export interface AssembledService {
  readonly app: FastifyInstance;
  readonly catalogue: Catalogue;
  /** Looks for a promoted model and changed keys now. */
  readonly refresh: () => Promise<void>;
}

/** Puts the service on a home folder together: model and keys loaded, both followed until the app is closed; not listening. */
export async function assembleService(options: ServiceOptions): Promise<AssembledService> {
  const {
    home,
    observer,
    logger = createLogger(),
    watch = watchFile,
    security = {},
    givenKeys = [],
  } = options;
  const { now = () => new Date(), ticks = () => performance.now() } = options;
  await mkdir(home.root, { recursive: true });
  const catalogue = openCatalogue({
    home,
    limit: options.catalogueLimit ?? DEFAULT_LIMIT,
    onEvent: catalogueLog(logger),
    keepMs: security.limits?.requestMs ?? CONNECTION_LIMITS.requestMs,
  });
  const { models, contract } = await followProduction(
    home,
    options.contract ?? SPOTIFY_FEATURES,
    observer,
    logger,
    {
      onServed: ({ version }) => void catalogue.follow(version),
      onRefused: options.onRefused ?? (() => {}),
    },
  );
  const keys = keyRing({
    read: async () => [...givenKeys, ...(await listKeys(home))], // of two with the same id the stored one counts: it may be revoked
    now: () => now().getTime(),
    onError: (err) => logger.error({ err }, 'the key file cannot be read: no key is accepted'),
    limit: security.keyLimit ?? null,
    share: security.share ?? 1,
  });
  const refresh = async (): Promise<void> => {
    await Promise.all([models.refresh(), keys.refresh()]);
  };

  const archive = homeArchive(home);
  const attempts = countAttempts({ limit: FAILED_ATTEMPTS, ticks });
  const audit = pendingAudit(() => now().getTime());
  const version = segueVersion();
  const logLevels = followLogLevel(home, logger, logger.level, now, watch);
  const app = buildApp({
    contract,
    models,
    keys,
    sessions: sessions(await sessionSecret(home), security.tls ?? false, () => now().getTime()),
    attempts,
    audit,
    ticks,
    archive,
    promotions: promotions(home, now, () => models.refresh()),
    names: segmentNames(home, now, () => models.refresh()),
    catalogue,
    observer,
    drift: async (live, days) => {
      await tellAsked(); // of other processes, what they told in the last seconds
      return servedDrift(home, live.model, now(), days);
    },
    logger,
    logLevels,
    now,
    tracing: options.tracing,
    startRun: options.startRun,
    leaving: options.leaving ?? (() => false),
    security,
    version,
    ...(options.gate === undefined ? {} : { gate: options.gate }),
  });
  const tellAsked = followAsked(app, home, observer.asked, now, logger);
  const unwatchLedger = watch(home.ledger, () => void models.refresh());
  const unwatchKeys = watch(home.keys, () => void keys.refresh());
  app.addHook('onClose', async () => {
    unwatchLedger();
    unwatchKeys();
    logLevels.close();
    await catalogue.close();
    await options.tracing?.close();
  });
  await foldKeysUsed(home, now()).catch((err: unknown) =>
    logger.warn({ err }, 'the use of keys cannot be read'),
  );
  followAudit(app, home, audit, logger);
  followUse(app, home, keys, logger);
  await refresh(); // after the watch began, so that no change falls in between
  return { app, catalogue, refresh };
}
