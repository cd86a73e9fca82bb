import { SegueError, toSegueError } from '../core/errors.js';
import { whileHeard } from '../core/progress.js';
import { ATTEMPTS, inTime, withAttempts } from './attempts.js';
import { NOTIFY, needs, PATH, type TaskId } from './dag.js';
import { loggedProgress, runLog } from './run-log.js';
import { type RunRecord, saveRecord, type TaskRecord, withTask } from './run-record.js';
import type { TaskContext, TaskOutcome } from './tasks/context.js';
import { ingestCatalogue } from './tasks/t1-ingest.js';
import { trainVersion } from './tasks/t2-train.js';
import { evaluateQuality } from './tasks/t3-evaluate.js';
import { registerAndPromote } from './tasks/t4-register.js';
import { notifyFailure } from './tasks/t5-notify.js';

/** What a runner is given: a task's context without the record, which changes as the run goes on. */
export type RunnerContext = Omit<TaskContext, 'record'>;

const TASKS: Readonly<Record<TaskId, (context: TaskContext) => Promise<TaskOutcome>>> = {
  T1_Ingesta_y_Limpieza: ingestCatalogue,
  T2_Entrenamiento_Modelo: trainVersion,
  T3_Evaluacion_Calidad: evaluateQuality,
  T4_Registro_Despliegue: registerAndPromote,
  T5_Notificacion_Fallo: notifyFailure,
};

/**
 * Runs what is left of a run: T1 to T4, and T5 when the gate refuses or a task dies. Finished tasks are looked up, not repeated, so a
 * killed run goes on where it was.
 *
 * @returns the record, in state `promoted` or `refused`
 * @throws what a task threw, after T5 has told it
 */
export async function runDag(context: RunnerContext, record: RunRecord): Promise<RunRecord> {
  let current = record;
  try {
    for (const task of PATH) {
      current = await runTask(context, current, task);
      if (current.state === 'refused') break;
    }
  } catch (error) {
    if (error instanceof TaskFailure) {
      await runTask(context, error.record, NOTIFY);
      throw error.cause;
    }
    throw error;
  }
  return current.state === 'refused' ? runTask(context, current, NOTIFY) : current;
}

/** Runs one task of a run, or looks its outcome up when it is done already. */
export async function runTask(context: RunnerContext, record: RunRecord, task: TaskId): Promise<RunRecord> {
  checkOrder(record, task);
  const before = record.tasks[task];
  if (task !== NOTIFY && (before.state === 'done' || before.state === 'refused')) return record;

  const started = context.now();
  let running = record;
  const traced = context.span?.child(task);
  const log = runLog(context.home, record.run, task, () => new Date());
  let heard = true;
  const progress = whileHeard(loggedProgress(context.progress, log), () => heard);
  let outcome: TaskOutcome;
  try {
    const rules = task === NOTIFY ? ATTEMPTS : (context.attempts ?? ATTEMPTS); // telling of a time-out must not run into it
    outcome = await withAttempts(rules, async (number) => {
      if (number > 1) await context.cluster.close(); // a session that was lost stays so
      running = await begin(context, record, task, before.attempts + number);
      log('began', `attempt ${before.attempts + number}`);
      const work = TASKS[task]({ ...context, progress, record: task === NOTIFY ? record : running });
      return inTime(task, rules.timeLimitMs, work);
    });
  } catch (thrown) {
    heard = false;
    if (context.cluster.signal.aborted) throw thrown; // the process is to end: as a killed one's, the task goes on later
    const error = toSegueError(thrown);
    traced?.end({ attributes: { 'segue.run': record.run }, failed: error.code });
    log('failed', `${error.code}: ${error.message}`);
    const failed: RunRecord = {
      ...withTask(running, task, {
        state: 'failed',
        ...span(started, context.now()),
        summary: error.message,
        error: { code: error.code, message: error.message },
      }),
      state: 'failed',
      updated_at: context.now().toISOString(),
    };
    await saveRecord(context.home, failed);
    throw new TaskFailure(failed, thrown);
  }

  traced?.end({ attributes: { 'segue.run': record.run, 'segue.outcome': outcome.state } });
  log(outcome.state, outcome.summary);
  const { error: _mended, ...rest } = running.tasks[task];
  const ended: RunRecord = {
    ...running,
    tasks: {
      ...running.tasks,
      [task]: { ...rest, state: outcome.state, ...span(started, context.now()), summary: outcome.summary },
    },
    state: stateAfter(running, task, outcome),
    version: outcome.version ?? running.version,
    updated_at: context.now().toISOString(),
  };
  await saveRecord(context.home, ended);
  return ended;
}

/** Notes that an attempt of a task begins. */
async function begin(
  { home, now }: RunnerContext,
  record: RunRecord,
  task: TaskId,
  attempts: number,
): Promise<RunRecord> {
  const at = now().toISOString();
  const running: RunRecord = {
    ...withTask(record, task, { state: 'running', attempts, started_at: at }),
    ...(task === NOTIFY ? {} : { state: 'running' as const }),
    updated_at: at,
  };
  await saveRecord(home, running);
  return running;
}

/** A task died: the record as it was saved, and in `cause` what it threw. */
export class TaskFailure extends Error {
  readonly record: RunRecord;

  constructor(record: RunRecord, cause: unknown) {
    super('A task failed', { cause });
    this.name = 'TaskFailure';
    this.record = record;
  }
}

function checkOrder(record: RunRecord, task: TaskId): void {
  const before = needs(task);
  if (before === undefined) return;
  const { state } = record.tasks[before];
  if (state === 'done') return;
  if (state === 'refused') {
    throw new SegueError('SEGUE_GATE_REFUSED', {
      what: `${task} does not run: the gate refused the model of run ${record.run}`,
      mend: 'Read decision.json in the run’s folder.',
    });
  }
  throw new SegueError('SEGUE_TASK_OUT_OF_ORDER', {
    what: `${task} needs ${before}, which is ${state}`,
    value: record.run,
    mend: `Run «segue task ${before} --run ${record.run}» first.`,
  });
}

function stateAfter(record: RunRecord, task: TaskId, outcome: TaskOutcome): RunRecord['state'] {
  if (outcome.state === 'refused') return 'refused';
  return task === 'T4_Registro_Despliegue' ? 'promoted' : record.state;
}

function span(from: Date, to: Date): Pick<TaskRecord, 'ended_at' | 'seconds' | 'peak_memory_mib'> {
  return {
    ended_at: to.toISOString(),
    seconds: (to.getTime() - from.getTime()) / 1000,
    peak_memory_mib: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
