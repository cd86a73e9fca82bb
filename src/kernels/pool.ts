import { SegueError } from '../core/errors.js';
import { type Progress, silent } from '../core/progress.js';
import type { JobOf, ProgramName, ResultOf } from './programs/registry.js';
import { runProgram, type Task, type TaskDone, type TaskProgress } from './task.js';
import { joinTeam, teamControl } from './team.js';

/** Threads that run programs over blocks. Results never depend on their number. */
export interface Pool {
  readonly threads: number;
  /**
   * Runs a program; one at a time, those that come meanwhile wait for their turn.
   *
   * @param rows how much work it is: small jobs are done at once in the calling thread
   */
  run<N extends ProgramName>(
    program: N,
    job: JobOf<N>,
    rows: number,
    progress?: Progress,
  ): Promise<ResultOf<N>>;
  /** Ends the threads; call it when no program is under way. */
  close(): Promise<void>;
}

/** A thread that gives every task it is sent to `runTask`. */
export interface Thread {
  send(task: Task): void;
  end(): Promise<unknown>;
}

/**
 * Starts a thread, which differs between Node and browsers.
 *
 * @param answer is told whatever `runTask` sends
 * @param fail is told why the thread can't go on
 */
export type StartThread = (
  answer: (message: TaskDone | TaskProgress) => void,
  fail: (error: Error) => void,
) => Thread;

/** Jobs of fewer rows are done here sooner than a thread can be started. */
const ROWS_WORTH_A_THREAD = 16_384;

/** A pool whose threads start with the first job that is large enough for them, so that the calling thread goes on answering. */
export function poolOf(threads: number, startThread: StartThread): Pool {
  let crew: Crew | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    threads,
    run(program, job, rows, progress = silent) {
      const turn = last.then(() => {
        if (rows < ROWS_WORTH_A_THREAD) return runHere(program, job, progress);
        crew ??= startCrew(threads, startThread);
        return crew.run(program, job, progress);
      });
      last = turn.catch(() => {});
      return turn as Promise<ResultOf<typeof program>>;
    },
    async close() {
      await crew?.close();
      crew = undefined;
    },
  };
}

function runHere(program: ProgramName, job: JobOf<ProgramName>, progress: Progress): unknown {
  const team = joinTeam(teamControl(), 0, 1, (done, total, unit) => progress.advance(done, total, unit));
  return runProgram(program, job, team);
}

interface Crew {
  run(program: ProgramName, job: JobOf<ProgramName>, progress: Progress): Promise<unknown>;
  close(): Promise<void>;
}

interface Waiting {
  left: number;
  result: unknown;
  readonly progress: Progress;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

function startCrew(size: number, startThread: StartThread): Crew {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let broken: Error | undefined;

  const endAll = (): Promise<unknown> => Promise.all(threads.map((thread) => thread.end()));
  /** A thread that fails leaves the others waiting for it: none of them is of use any more. */
  const breakDown = (error: Error): void => {
    broken ??= error;
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
    void endAll();
  };
  const answer = (message: TaskDone | TaskProgress): void => {
    const task = waiting.get(message.id);
    if (task === undefined) return;
    if ('unit' in message) {
      task.progress.advance(message.done, message.total, message.unit);
      return;
    }
    if (message.error !== undefined) {
      breakDown(message.error as Error);
      return;
    }
    if (message.result !== undefined) task.result = message.result;
    task.left--;
    if (task.left > 0) return;
    waiting.delete(message.id);
    task.resolve(task.result);
  };
  const threads = Array.from({ length: size }, () => startThread(answer, breakDown));

  return {
    run: (program, job, progress) =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) throw broken;
        const id = ++lastId;
        waiting.set(id, { left: size, result: undefined, progress, resolve, reject });
        const control = teamControl();
        threads.forEach((thread, rank) => thread.send({ id, program, job, control, rank, size }));
      }),
    async close() {
      await endAll();
    },
  };
}

/** Why a task can't be finished if its thread has ended. */
export function threadEnded(cause?: unknown): SegueError {
  return new SegueError('SEGUE_INTERNAL', {
    what: 'A thread that computes ended before its work was done',
    mend: 'Run the command again, with --threads 1 if it happens again.',
    cause,
  });
}
