import { Cron } from 'croner';
import { SegueError } from '../core/errors.js';

/** @throws SegueError SEGUE_USAGE for what is no schedule */
export function checkSchedule({
  cron,
  timezone,
}: {
  readonly cron: string;
  readonly timezone: string;
}): void {
  try {
    new Cron(cron, { timezone, paused: true }).stop();
  } catch (cause) {
    throw new SegueError('SEGUE_USAGE', {
      what: 'The schedule is not a cron expression with a known time zone',
      value: `${cron} (${timezone})`,
      limit: 'minute hour day month weekday; an IANA time zone',
      mend: 'Try --cron "0 5 * * 1" --timezone Europe/Madrid.',
      cause,
    });
  }
}
