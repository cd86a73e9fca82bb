import type { Home } from '../core/home.js';
import type { Act } from '../models/change.js';
import { type ProductionChange, promote, rollback } from '../models/registry.js';

/** What a person says of a change of production. */
export interface Word {
  readonly actor: string;
  readonly reason?: string | undefined;
  /** Who answers for a version that the gate refused. */
  readonly overrideBy?: string | undefined;
}

/** Changes what is in production; this process serves it when these end. Errors as those of models/registry.ts. */
export interface Promotions {
  promote(version: string, word: Word): Promise<ProductionChange>;
  rollback(word: Word): Promise<ProductionChange>;
}

/** @param refresh brings the model that serves up to date */
export function promotions(home: Home, now: () => Date, refresh: () => Promise<void>): Promotions {
  const act = ({ actor, reason, overrideBy }: Word): Act => ({
    run: null,
    actor,
    now,
    ...(reason === undefined ? {} : { reason }),
    ...(overrideBy === undefined ? {} : { overrideBy }),
  });
  const served = async (change: Promise<ProductionChange>): Promise<ProductionChange> => {
    const changed = await change;
    await refresh();
    return changed;
  };
  return {
    promote: (version, word) => served(promote(home, version, act(word))),
    rollback: (word) => served(rollback(home, act(word))),
  };
}
