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
  /** For work in pieces that need nothing of each other: a pool of one for each thread, over these threads. `run` must wait until all are done. */
  lanes(): readonly Pool[];
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
  const started = (): Crew => {
    crew ??= startCrew(threads, startThread);
    return crew;
  };
  return {
    threads,
    run: inTurn((program, job, rows, progress) =>
      rows < ROWS_WORTH_A_THREAD ? runHere(program, job, progress) : started().run(program, job, progress),
    ),
    lanes: () => Array.from({ length: threads }, (_, rank) => laneOf(started, rank)),
    async close() {
      await crew?.close();
      crew = undefined;
    },
  };
}

function laneOf(started: () => Crew, rank: number): Pool {
  const lane: Pool = {
    threads: 1,
    run: inTurn((program, job, _rows, progress) => started().run(program, job, progress, rank)),
    lanes: () => [lane],
    close: async () => {},
  };
  return lane;
}

type RunAny = (program: ProgramName, job: JobOf<ProgramName>, rows: number, progress: Progress) => unknown;

/** One program after another, in the order in which they are asked for. */
function inTurn(run: RunAny): Pool['run'] {
  let last: Promise<unknown> = Promise.resolve();
  return (program, job, rows, progress = silent) => {
    const turn = last.then(() => run(program, job, rows, progress));
    last = turn.catch(() => {});
    return turn as Promise<ResultOf<typeof program>>;
  };
}

function runHere(program: ProgramName, job: JobOf<ProgramName>, progress: Progress): unknown {
  const team = joinTeam(teamControl(), 0, 1, (done, total, unit) => progress.advance(done, total, unit));
  return runProgram(program, job, team);
}

interface Crew {
  /** @param rank the only thread that is to run it; all of them together where it isn't given */
  run(program: ProgramName, job: JobOf<ProgramName>, progress: Progress, rank?: number): Promise<unknown>;
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
    run: (program, job, progress, alone) =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) throw broken;
        const id = ++lastId;
        const team = alone === undefined ? threads : [threads[alone]!];
        waiting.set(id, { left: team.length, result: undefined, progress, resolve, reject });
        const control = teamControl();
        team.forEach((thread, rank) => thread.send({ id, program, job, control, rank, size: team.length }));
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
