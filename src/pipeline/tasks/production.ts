import { SegueError } from '../../core/errors.js';
import type { Home } from '../../core/home.js';
import { loadVersion, type ModelVersion } from '../../models/files.js';
import { productionVersion } from '../../models/registry.js';

/** What is in production while a run is under way. */
export interface InProduction {
  readonly version: string;
  /** Its files; undefined where another release of Segue wrote them: the run that replaces it must not fail of it. */
  readonly files: ModelVersion | undefined;
}

/**
 * The version in production with its files; null where there is none.
 *
 * @throws SegueError SEGUE_MODEL_CORRUPT, SEGUE_LEDGER_CORRUPT
 */
export async function inProduction(home: Home): Promise<InProduction | null> {
  const version = await productionVersion(home);
  if (version === null) return null;
  try {
    return { version, files: await loadVersion(home, version) };
  } catch (error) {
    if (error instanceof SegueError && error.code === 'SEGUE_MODEL_FORMAT')
      return { version, files: undefined };
    throw error;
  }
}
