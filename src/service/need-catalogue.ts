import { CatalogueRefusal, type RefusalCode } from '../playlists/refusal.js';
import type { LiveModel } from './live-model.js';
import { Problem } from './problem.js';

/** Problems of an operation that asks the catalogue. */
export const NEEDS_CATALOGUE = ['no_model', 'catalogue_loading', 'no_catalogue'] as const;

/** When to try again, in seconds. */
const RETRY_AFTER: Readonly<Partial<Record<RefusalCode, number>>> = {
  catalogue_loading: 2,
  no_catalogue: 60,
  overloaded: 1,
};

/**
 * Waits for what the catalogue answers; its refusals become problems of the same code.
 *
 * @throws Problem
 */
export async function fromCatalogue<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof CatalogueRefusal)) throw error;
    const seconds = RETRY_AFTER[error.code];
    throw new Problem(
      error.code,
      seconds === undefined ? {} : { headers: { 'retry-after': String(seconds) } },
    );
  }
}

/**
 * The number of a segment that a request names by it or by its permanent id.
 *
 * @throws Problem cluster_not_found
 */
export function clusterOf({ model }: LiveModel, named: number | string): number {
  const found = model.segments.find(
    ({ cluster_id, segment_id }) => named === cluster_id || named === segment_id,
  );
  if (found === undefined) throw new Problem('cluster_not_found');
  return found.cluster_id;
}
