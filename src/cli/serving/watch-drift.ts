import { coalesce } from '../../core/coalesce.js';
import { toSegueError } from '../../core/errors.js';
import type { Home } from '../../core/home.js';
import { type ServedDrift, servedDrift } from '../../drift/served.js';
import { loadModel } from '../../models/files.js';
import { productionVersion } from '../../models/registry.js';
import { driftNotice } from '../../notices/notice.js';
import type { Teller } from '../../notices/tell.js';

/** How often it is looked at, in milliseconds. */
const LOOK_MS = 600_000;

export interface DriftWatch {
  /** Looks now. */
  look(): Promise<void>;
  stop(): void;
}

export interface DriftWatchOptions {
  readonly home: Home;
  readonly teller: Pick<Teller, 'tell'>;
  readonly now: () => Date;
  /** The tracks themselves are different from those that were trained on: told once a week for a version. */
  readonly onPopulation: (drift: ServedDrift) => void;
  readonly onError: (error: Error) => void;
}

/** As long as it isn't stopped, looks at what is asked and tells people of alerts, once a week for a version. */
export function watchDrift({ home, teller, now, onPopulation, onError }: DriftWatchOptions): DriftWatch {
  const look = coalesce(async () => {
    try {
      const version = await productionVersion(home);
      if (version === null) return;
      const drift = await servedDrift(home, await loadModel(home, version), now());
      if (drift.verdict !== 'alert' || !(await teller.tell(driftNotice(drift, now())))) return;
      if (drift.kinds.some(({ kind }) => kind === 'population')) onPopulation(drift);
    } catch (error) {
      onError(toSegueError(error));
    }
  });
  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return { look, stop: () => clearInterval(timer) };
}
