import { SegueError } from '../../core/errors.js';
import type { RunRecord } from '../run-record.js';

/** The version that T2 of this run trained. */
export function trainedVersion(record: RunRecord): string {
  if (record.version !== null) return record.version;
  throw new SegueError('SEGUE_TASK_OUT_OF_ORDER', {
    what: 'The run has no trained version yet',
    value: record.run,
    mend: `Run «segue task T2 --run ${record.run}» first.`,
  });
}
