/**
 * Makes one index in a process of its own: the SQL engine can't be stopped in the middle of its work without ending the process that it
 * runs in, and this one may be killed at any time. It steps back behind the service, and ends when that does.
 */
import { constants, setPriority } from 'node:os';
import { writeWhole } from '../core/files.js';
import { homeAt } from '../core/home.js';
import { loadModel } from '../models/files.js';
import { buildIndex } from './build-index.js';

export interface BuildTask {
  readonly home: string;
  readonly registry: string | undefined;
  readonly version: string;
  /** Name of the dataset: of the run that made it, or of the version. */
  readonly dataset: string;
  readonly limit: number;
}

/** What the process says at its end. */
export type Built = { readonly done: true } | { readonly error: string };

async function build({ home: root, registry, version, dataset, limit }: BuildTask): Promise<void> {
  const home = homeAt(root, registry);
  const model = await loadModel(home, version);
  await writeWhole(
    home.index(version),
    await buildIndex({ dataset: home.dataset(dataset), model, limit, scratch: home.sharedScratch }),
  );
}

function end(built: Built): void {
  process.send?.(built, () => process.exit());
}

process.once('disconnect', () => process.exit(1));
process.once('message', (task: BuildTask) => {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  build(task).then(
    () => end({ done: true }),
    (error: unknown) => end({ error: String(error) }),
  );
});
