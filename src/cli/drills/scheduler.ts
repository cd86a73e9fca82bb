import { once } from 'node:events';
import { nextDue } from '../../pipeline/schedule.js';
import { type Drill, proof, stillServes, told } from './drill.js';
import { until, urlOf } from './stage.js';

/** Until the retrain that the scheduler won't live to see, in milliseconds: it must have started before. */
const AHEAD_MS = 8_000;

/** `segue up` is killed before a retrain is due, and started again after. */
export const deadScheduler: Drill = {
  name: 'dead-scheduler',
  trouble: 'a scheduler that is killed before a retrain is due',
  alert: 'SegueRetrainMissed',
  async act(stage) {
    const version = await stage.production();
    const due = new Date(Math.ceil((Date.now() + AHEAD_MS) / 1000) * 1000);
    const cron = [due.getUTCSeconds(), due.getUTCMinutes(), due.getUTCHours(), '*', '*', '*'].join(' ');
    const argv = [
      'up',
      '--source',
      stage.catalogue,
      '--k',
      '4',
      '--starts',
      '2',
      '--port',
      '0',
      '--cron',
      cron,
    ];
    const up = stage.begin(argv);
    await urlOf(up);
    const ended = once(up, 'exit');
    const killedInTime = Date.now() < due.getTime();
    up.kill('SIGKILL');
    await ended;
    const owed = await until(async () => {
      const next = await stage.metric('segue_schedule_next_timestamp_seconds');
      return next * 1000 === due.getTime() && Date.now() > due.getTime();
    });
    const unserved = await stillServes(stage, version);
    const again = stage.begin(argv);
    await urlOf(again);
    const noticed = await until(async () => (await stage.notices('missed')).length > 0);
    const later = await until(async () => ((await nextDue(stage.home))?.getTime() ?? 0) > due.getTime());
    const stopped = once(again, 'exit');
    again.kill('SIGTERM');
    await stopped;
    return [
      proof('It is killed before the retrain is due.', killedInTime, due.toISOString()),
      proof(
        'The alert’s expression holds: what it owes is in the past.',
        owed,
        'segue_schedule_next_timestamp_seconds',
      ),
      unserved,
      await told(stage, 'missed', due.toISOString().slice(0, 19)),
      proof('The next scheduler notices, and goes on.', noticed && later, 'missed'),
    ];
  },
};
