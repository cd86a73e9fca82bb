import type { Decision } from '../gate/decision.js';
import { reasonsOf } from '../gate/decision.js';
import { TASK_IDS } from './dag.js';
import type { RunRecord } from './run-record.js';

/** What T5 tells people; kept with the run as `alert.json`. */
export interface Alert {
  readonly run: string;
  readonly event: 'refused' | 'failed';
  readonly at: string;
  readonly what: string;
  readonly why: readonly string[];
  /** Version that goes on serving. */
  readonly production: string | null;
  readonly what_to_do: string;
}

/** Says what went wrong with a run: the gate's reasons when it refused, else the errors of the tasks that died. */
export function composeAlert(
  record: RunRecord,
  decision: Decision | undefined,
  production: string | null,
  at: Date,
): Alert {
  const common = { run: record.run, at: at.toISOString(), production };
  if (decision?.verdict === 'refused') {
    return {
      ...common,
      event: 'refused',
      what: `The gate refused model ${decision.version}.`,
      why: reasonsOf(decision),
      what_to_do:
        'Read the run’s decision.json; look at the catalogue, or change the limit on purpose and run again.',
    };
  }
  return {
    ...common,
    event: 'failed',
    what: `Run ${record.run} did not finish.`,
    why: TASK_IDS.flatMap((id) => {
      const { state, error } = record.tasks[id];
      if (error !== undefined) return [`${id}: ${error.code}: ${error.message}`];
      return state === 'running' ? [`${id}: died without a word.`] : [];
    }),
    what_to_do: `Mend the cause, then go on with «segue run --resume ${record.run}».`,
  };
}

/** The alert as one line of text. */
export function alertLine(alert: Alert): string {
  const serving =
    alert.production === null ? 'No model is in production.' : `${alert.production} goes on serving.`;
  return [alert.what, ...alert.why, serving, alert.what_to_do].join(' ');
}
