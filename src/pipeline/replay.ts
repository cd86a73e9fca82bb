import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SegueError } from '../core/errors.js';
import { isNodeError } from '../core/files.js';
import { sha256 } from '../core/hash.js';
import { type Home, homeAt } from '../core/home.js';
import { productionVersion, promote, registrationOf } from '../models/registry.js';
import { sourceFingerprint } from './begin.js';
import { PATH } from './dag.js';
import { loadRecord, type RunRecord } from './run-record.js';
import type { RunnerContext } from './runner.js';
import { startTask } from './start.js';

/** A file of a run beside the one that the replay made. */
export interface ReplayedFile {
  readonly file: string;
  /** `gone`: the run's own was removed since. */
  readonly outcome: 'same' | 'different' | 'gone';
}

export interface Replay {
  readonly run: string;
  /** Version that was in production when the run began; its model has a say in the result. */
  readonly production: string | null;
  readonly version: string;
  readonly files: readonly ReplayedFile[];
}

/**
 * Does T1 to T3 of a run again, in a home of its own with the model that was in production then, and compares every file byte by byte.
 *
 * @param folder where the replay's home is made; must be new
 * @throws SegueError SEGUE_RUN_NOT_FOUND; SEGUE_RUN_CONFLICT where the source has changed since; what the tasks throw
 */
export async function replayRun(context: RunnerContext, run: string, folder: string): Promise<Replay> {
  const { home } = context;
  const record = await loadRecord(home, run);
  const { options, source_fingerprint, version } = record;
  if (version === null)
    throw new SegueError('SEGUE_RUN_NOT_FOUND', {
      what: 'The run never trained a model: there is nothing to do again',
      value: run,
      mend: 'Replay a run that came as far as T2; «segue runs list» shows them.',
    });
  if ((await sourceFingerprint(context, options)) !== source_fingerprint)
    throw new SegueError('SEGUE_RUN_CONFLICT', {
      what: 'The source has changed since the run',
      value: options.source,
      mend: 'Put back the files that the run read, with their names and times.',
    });
  const replayed = homeAt(folder);
  const production = await productionVersion(home, new Date(record.created_at));
  if (production !== null) await putIntoProduction(context, production, replayed);
  let again: RunRecord | undefined;
  for (const task of PATH.slice(0, 3)) {
    if (again?.state === 'refused') break;
    again = await startTask({ ...context, home: replayed, notify: async () => {} }, run, task, options);
  }
  const files = await compareAll(home, replayed, run, [version, again!.version ?? version]);
  return { run, production, version: again!.version ?? version, files };
}

/** The model, the run that registered it, and the ledger's word for both. */
async function putIntoProduction({ home, now }: RunnerContext, version: string, to: Home): Promise<void> {
  await mkdir(to.models, { recursive: true });
  await cp(home.model(version).folder, to.model(version).folder, { recursive: true });
  const run = (await registrationOf(home, version))?.run ?? null;
  if (run !== null) await cp(home.run(run).folder, to.run(run).folder, { recursive: true });
  await promote(to, version, { run, actor: 'replay', now });
}

async function compareAll(
  home: Home,
  replayed: Home,
  run: string,
  [was, is]: readonly [string, string],
): Promise<ReplayedFile[]> {
  const pairs = [
    ['dataset', home.dataset(run).folder, replayed.dataset(run).folder],
    ['model', home.model(was).folder, replayed.model(is).folder],
  ] as const;
  const files: ReplayedFile[] = [];
  for (const [kind, own, made] of pairs) {
    const names = (await readdir(made)).filter((name) => name !== basename(home.dataset(run).cluster)); // tells where it was made
    for (const name of names.toSorted())
      files.push({ file: `${kind}/${name}`, outcome: await compare(join(own, name), join(made, name)) });
  }
  return files;
}

async function compare(own: string, made: string): Promise<ReplayedFile['outcome']> {
  try {
    return sha256(await readFile(own)) === sha256(await readFile(made)) ? 'same' : 'different';
  } catch (error) {
    if (isNodeError(error, 'ENOENT')) return 'gone';
    throw error;
  }
}
