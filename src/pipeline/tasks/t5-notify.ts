import { readIfPresent, writeJson } from '../../core/files.js';
import type { Decision } from '../../gate/decision.js';
import { productionVersion } from '../../models/registry.js';
import { type Alert, alertLine, composeAlert } from '../alert.js';
import type { TaskContext, TaskOutcome } from './context.js';

/** T5: tells people that the gate refused or that a task died. Told once per run, however often the task is called. */
export async function notifyFailure(context: TaskContext): Promise<TaskOutcome> {
  const { home, record, now, notify } = context;
  if (record.state === 'promoted')
    return { state: 'done', summary: 'The run was promoted: nothing to tell.' };

  const files = home.run(record.run);
  const decision = await readIfPresent(files.decision);
  const alert = composeAlert(
    record,
    decision === undefined ? undefined : (JSON.parse(decision) as Decision),
    await productionVersion(home),
    now(),
  );
  const told = await readIfPresent(files.alert);
  if (told !== undefined && sameNews(JSON.parse(told) as Alert, alert)) {
    return { state: 'done', summary: `Told already: ${alertLine(alert)}` };
  }
  await notify(alert);
  await writeJson(files.alert, alert);
  return { state: 'done', summary: alertLine(alert) };
}

function sameNews(a: Alert, b: Alert): boolean {
  return a.event === b.event && JSON.stringify(a.why) === JSON.stringify(b.why);
}
