import { promote, register } from '../../models/registry.js';
import type { TaskContext, TaskOutcome } from './context.js';
import { trainedVersion } from './trained-version.js';

/** T4: registers the version and puts it in production. Both are single ledger entries; repeating them changes nothing. */
export async function registerAndPromote({ home, record, actor, now }: TaskContext): Promise<TaskOutcome> {
  const version = trainedVersion(record);
  await register(home, version, { run: record.run, actor, now });
  await promote(home, version, { run: record.run, actor, now });
  return { state: 'done', summary: `${version} is in production` };
}
