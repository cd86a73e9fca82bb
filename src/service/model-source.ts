import { coalesce } from '../core/coalesce.js';
import { SegueError, toSegueError } from '../core/errors.js';
import type { Pin } from '../models/pins.js';
import type { LiveModel } from './live-model.js';

/** What the ledger says is in production, and since when. */
export interface Production {
  readonly version: string;
  readonly promotedAt: Date;
  /** Names that people gave to segments. */
  readonly pins: ReadonlyMap<string, Pin>;
}

/** A version that should serve but doesn't. `version` is null where the ledger itself can't be read. */
export interface Refusal {
  readonly version: string | null;
  readonly error: SegueError;
}

/** The model that answers. A request reads `current` once and stays with what it got. */
export interface ModelSource {
  current(): LiveModel | undefined;
  /** Why the version in production isn't the one that answers; undefined when all is well. */
  refusal(): Refusal | undefined;
}

/** A model source that can be brought up to date. */
export interface FollowingModelSource extends ModelSource {
  /** Follows the ledger. Never rejects: what can't be loaded is refused, and the model that serves goes on serving. */
  refresh(): Promise<void>;
}

export interface ModelSourceParts {
  readonly production: () => Promise<Production | undefined>;
  readonly load: (production: Production) => Promise<LiveModel>;
  readonly onServed: (live: LiveModel) => void;
  /** Told when there is another refusal, or none any more; not each time that the same one is met. */
  readonly onRefusal: (refusal: Refusal | undefined) => void;
}

/** Keeps the model in production in memory. The next one is loaded and checked beside it, then takes its place in one assignment. */
export function modelSource({
  production,
  load,
  onServed,
  onRefusal,
}: ModelSourceParts): FollowingModelSource {
  let live: LiveModel | undefined;
  let refusal: Refusal | undefined;

  const refuse = (version: string | null, thrown: unknown): void => {
    const error = toSegueError(thrown);
    const known = refusal?.version === version && refusal.error.message === error.message;
    refusal = { version, error };
    if (!known) onRefusal(refusal);
  };

  const accept = (): void => {
    if (refusal !== undefined) onRefusal(undefined);
    refusal = undefined;
  };

  const follow = async (): Promise<void> => {
    let wanted: Production | undefined;
    try {
      wanted = await production();
      if (wanted === undefined && live !== undefined) throw productionVanished(live);
      if (wanted !== undefined && !isServed(wanted, live)) {
        live = await load(wanted);
        onServed(live);
      }
      accept();
    } catch (thrown) {
      refuse(wanted?.version ?? null, thrown);
    }
  };

  return { current: () => live, refusal: () => refusal, refresh: coalesce(follow) };
}

function isServed(wanted: Production, live: LiveModel | undefined): boolean {
  return (
    live?.version === wanted.version &&
    live.promotedAt.getTime() === wanted.promotedAt.getTime() &&
    live.model.segments.every(({ segment_id: id }) => samePin(wanted.pins.get(id), live.pins.get(id)))
  );
}

function samePin(a: Pin | undefined, b: Pin | undefined): boolean {
  return a?.time === b?.time && a?.name.en === b?.name.en && a?.name.es === b?.name.es;
}

function productionVanished(live: LiveModel): SegueError {
  return new SegueError('SEGUE_NO_PRODUCTION', {
    what: 'The ledger no longer names a model in production; the last one goes on serving',
    value: live.version,
    mend: 'Restore the ledger, or promote a version.',
  });
}
