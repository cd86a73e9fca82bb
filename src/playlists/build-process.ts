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
  readonly version: string;
  /** The run whose dataset it is. */
  readonly run: string;
  readonly limit: number;
}

/** What the process says at its end. */
export type Built = { readonly done: true } | { readonly error: string };

async function build({ home: root, version, run, limit }: BuildTask): Promise<void> {
  const home = homeAt(root);
  const model = await loadModel(home, version);
  const dataset = home.dataset(run);
  await writeWhole(
    home.index(version),
    await buildIndex({ dataset, model, limit, scratch: home.sharedScratch }),
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
