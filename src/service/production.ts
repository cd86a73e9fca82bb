import type { FastifyBaseLogger } from 'fastify';
import { SegueError } from '../core/errors.js';
import type { Home } from '../core/home.js';
import type { FeatureContract } from '../features/contract.js';
import { compareChecksums } from '../models/checksums.js';
import { loadVersion } from '../models/files.js';
import type { Model } from '../models/format.js';
import { checkGolden } from '../models/golden.js';
import { productionEntryAt } from '../models/history.js';
import type { LedgerEntry } from '../models/ledger.js';
import { ledgerOf } from '../models/ledger-of.js';
import { pinsIn } from '../models/pins.js';
import { registrationOf } from '../models/registry.js';
import { asksTheSame } from './feature-schema.js';
import { type LiveModel, liveModel } from './live-model.js';
import { type FollowingModelSource, modelSource, type Refusal } from './model-source.js';
import type { Observer } from './observer.js';

/** The models of a home folder, and the contract that requests keep from now on. */
export interface FollowedProduction {
  readonly models: FollowingModelSource;
  readonly contract: FeatureContract;
}

/** Who is told when what serves changes, or should and doesn't. */
export interface ProductionEvents {
  readonly onServed: (live: LiveModel) => void;
  /** Undefined when all is well again. */
  readonly onRefused: (refusal: Refusal | undefined, live: LiveModel | undefined) => void;
}

/**
 * Follows the ledger of a home folder and loads the model in production. Its contract is what the API asks of requests; later models
 * must ask the same, because the API cannot change under its callers.
 *
 * @param fallback the contract where there is no model yet
 */
export async function followProduction(
  home: Home,
  fallback: FeatureContract,
  observer: Observer,
  logger: FastifyBaseLogger,
  { onServed, onRefused }: ProductionEvents,
): Promise<FollowedProduction> {
  const inLedger = ledgerReader(home, logger);
  let served: FeatureContract | undefined;
  const models = modelSource({
    async production() {
      const entries = await inLedger();
      const entry = productionEntryAt(entries);
      return entry && { version: entry.version, promotedAt: new Date(entry.time), pins: pinsIn(entries) };
    },
    async load({ version, promotedAt, pins }) {
      const loaded = await loadVersion(home, version);
      const { files } = (await registrationOf({ ...home, registry: undefined }, version)) ?? {};
      if (files !== undefined) compareChecksums(home.model(version).folder, loaded.checksums, files);
      checkGolden(loaded.model, loaded.metrics);
      if (served !== undefined) checkContract(served, loaded.model);
      return liveModel(loaded, promotedAt, pins);
    },
    onServed(live) {
      observer.modelServed(live);
      onServed(live);
      logger.info({ model: live.version, promoted_at: live.promotedAt }, 'model serves');
    },
    onRefusal(refusal) {
      observer.modelRefused(refusal !== undefined);
      onRefused(refusal, models.current());
      if (refusal === undefined) return;
      const { version, error } = refusal;
      logger.error({ model: version, code: error.code, err: error }, 'model refused');
    },
  });
  await models.refresh();
  served = models.current()?.contract ?? fallback;
  return { models, contract: served };
}

/** A bucket that can't be reached is no reason to stop: the home's copy of its ledger tells what was in production. */
function ledgerReader(home: Home, logger: FastifyBaseLogger): () => Promise<readonly LedgerEntry[]> {
  const copied: Home = { ...home, registry: undefined };
  let reached = true;
  return async () => {
    try {
      const entries = await ledgerOf(home);
      if (!reached) logger.info('the bucket of the registry answers again');
      reached = true;
      return entries;
    } catch (error) {
      if (!(error instanceof SegueError && error.code === 'SEGUE_REGISTRY_UNREACHABLE')) throw error;
      if (reached)
        logger.warn({ err: error, code: error.code }, 'the last known state of the registry serves');
      reached = false;
      return ledgerOf(copied);
    }
  };
}

function checkContract(served: FeatureContract, { version, contract }: Model): void {
  if (asksTheSame(served, contract)) return;
  throw new SegueError('SEGUE_CONTRACT_DIFFERS', {
    what: 'The model asks other features, or other bounds, of a request than the running service',
    value: version,
    limit: served.features.map(({ name }) => name).join(', '),
    mend: 'Restart the service to serve it.',
  });
}
