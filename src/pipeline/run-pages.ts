import { inBatches } from '../core/batches.js';
import type { Home } from '../core/home.js';
import type { Page, PageAsk } from '../core/page.js';
import { findRecord, newestFirst, type RunPosition, type RunRecord, runIds } from './run-record.js';

/** Gives parts of the list of runs, the newest first. */
export type RunPages = (ask: PageAsk<RunPosition>) => Promise<Page<RunRecord, RunPosition>>;

/**
 * Pages of a home's runs. The time at which a run was created never changes: it is read once and kept, so a page reads the records of
 * its own runs and of new ones only.
 */
export function runPages(home: Home): RunPages {
  let known = new Map<string, RunPosition>();
  return async ({ limit, after }) => {
    const ids = await runIds(home);
    const positions = await inBatches(
      ids,
      async (run) => known.get(run) ?? positionOf(await findRecord(home, run)),
    );
    const present = positions.filter((position) => position !== undefined);
    known = new Map(present.map((position) => [position.run, position]));
    const rest = present
      .filter((position) => after === undefined || newestFirst(after, position) < 0)
      .toSorted(newestFirst);
    const page = rest.slice(0, limit);
    const records = await inBatches(page, ({ run }) => findRecord(home, run));
    return {
      entries: records.filter((record) => record !== undefined),
      next: rest.length > limit ? page.at(-1) : undefined,
    };
  };
}

function positionOf(record: RunRecord | undefined): RunPosition | undefined {
  return record === undefined ? undefined : { created_at: record.created_at, run: record.run };
}
