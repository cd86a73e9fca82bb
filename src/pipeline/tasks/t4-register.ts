import { shareDataset } from '../../catalogue/shared-dataset.js';
import { promote, register } from '../../models/registry.js';
import type { TaskContext, TaskOutcome } from './context.js';
import { trainedVersion } from './trained-version.js';

/** T4: registers the version and puts it in production, in the bucket where there is one. Both are single ledger entries; repeating them changes nothing. */
export async function registerAndPromote({ home, record, actor, now }: TaskContext): Promise<TaskOutcome> {
  const version = trainedVersion(record);
  const shared = await shareDataset(home, record.run, version);
  await register(home, version, { run: record.run, actor, now });
  await promote(home, version, { run: record.run, actor, now });
  const without = shared ? '' : '; its tracks are too large for the bucket: no playlists on other machines';
  return { state: 'done', summary: `${version} is in production${without}` };
}
