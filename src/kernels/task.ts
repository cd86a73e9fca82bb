import { type JobOf, PROGRAMS, type ProgramName } from './programs/registry.js';
import { joinTeam, type Team } from './team.js';

/** What a pool sends to each of its threads. */
export interface Task {
  readonly id: number;
  readonly program: ProgramName;
  readonly job: JobOf<ProgramName>;
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly rank: number;
  readonly size: number;
}

/** What a thread answers when it is done; `result` counts from the first thread only. */
export interface TaskDone {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** How far a program is, from the first thread. */
export interface TaskProgress {
  readonly id: number;
  readonly done: number;
  readonly total: number;
  readonly unit: string;
}

/** Does a thread's share of a task and sends what there is to say of it. */
export function runTask(
  { id, program, job, control, rank, size }: Task,
  send: (message: TaskDone | TaskProgress) => void,
): void {
  const team = joinTeam(control, rank, size, (done, total, unit) => send({ id, done, total, unit }));
  try {
    const result = runProgram(program, job, team);
    send(rank === 0 ? { id, result } : { id });
  } catch (error) {
    send({ id, error });
  }
}

/** Runs a program in this thread. */
export function runProgram(program: ProgramName, job: JobOf<ProgramName>, team: Team): unknown {
  return (PROGRAMS[program] as (given: unknown, with_: Team) => unknown)(job, team);
}
