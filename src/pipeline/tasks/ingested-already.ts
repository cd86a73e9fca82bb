import { copyFile, link, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfPresent, writeJson } from '../../core/files.js';
import { sha256OfJson } from '../../core/hash.js';
import { type DatasetFiles, datasetFiles, type Home } from '../../core/home.js';
import { segueVersion } from '../../core/version.js';
import type { FeatureContract } from '../../features/contract.js';
import { type RunRecord, runIds } from '../run-record.js';

/** Hash of all that T1's result hangs on; of the files it has names, sizes and times of change. */
export function inputsOf(record: RunRecord, contract: FeatureContract): string {
  const { rules, seed, test_share, engine, local_rows } = record.options;
  const files = record.source_fingerprint;
  const segue_version = segueVersion();
  return sha256OfJson({ files, rules, seed, test_share, engine, local_rows, contract, segue_version });
}

/** Notes in a finished dataset what it was made from. */
export async function writeInputs(folder: string, sha256: string): Promise<void> {
  await writeJson(datasetFiles(folder).inputs, { sha256 });
}

/**
 * Fills `draft` with the files of a dataset that an earlier run made from these inputs: hard links, which take no room; copies where the
 * file system has none.
 *
 * @param isWhole whether all that belongs to a dataset is still there
 * @returns the run; undefined where there is none
 */
export async function linkEarlier(
  home: Home,
  sha256: string,
  draft: string,
  isWhole: (dataset: DatasetFiles) => Promise<boolean>,
): Promise<string | undefined> {
  for (const run of (await runIds(home)).toSorted()) {
    const dataset = home.dataset(run);
    const { folder, inputs } = dataset;
    const noted = await readIfPresent(inputs);
    if (noted === undefined || (JSON.parse(noted) as { sha256?: string }).sha256 !== sha256) continue;
    if (!(await isWhole(dataset))) continue;
    for (const name of await readdir(folder)) {
      const [from, to] = [join(folder, name), join(draft, name)];
      await link(from, to).catch(() => copyFile(from, to));
    }
    return run;
  }
  return undefined;
}
