import { type ErrorCode, SegueError } from '../core/errors.js';
import { Problem } from './problem.js';
import type { ProblemCode } from './problems.js';

/** Errors that a caller can mend, and the problems that tell of them. */
export type ProblemOf = Readonly<Partial<Record<ErrorCode, ProblemCode | (() => Problem)>>>;

/**
 * Waits for work whose errors of these codes are problems of the caller's; others stay faults.
 *
 * @throws Problem
 */
export async function asProblem<T>(work: Promise<T>, problemOf: ProblemOf): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const problem = error instanceof SegueError ? problemOf[error.code] : undefined;
    if (problem === undefined) throw error;
    throw typeof problem === 'function' ? problem() : new Problem(problem);
  }
}
