import type { FieldError } from './field-error.js';
import { PROBLEMS, type ProblemCode } from './problems.js';

export const PROBLEM_JSON = 'application/problem+json';

/** What a problem says beyond its kind. */
export interface ProblemDetails {
  /** One or two sentences on this very occurrence. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** What the service lacks. */
  readonly missing?: readonly string[];
  /** Headers of the answer: Allow, WWW-Authenticate. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown wherever a request can't be served; the error handler makes the answer of it. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    const depth = Error.stackTraceLimit;
    Error.stackTraceLimit = 0; // it is an answer: nobody reads its stack, and a flood of refusals would pay for it
    super(PROBLEMS[code].title);
    Error.stackTraceLimit = depth;
    this.name = 'Problem';
    this.code = code;
    this.details = details;
  }
}

/** Details of a request that breaks rules of its schema. */
export function invalidRequest(errors: readonly FieldError[]): ProblemDetails {
  const count = errors.length === 1 ? '1 rule is broken' : `${errors.length} rules are broken`;
  return {
    detail: `${count}: ${errors[0]?.message ?? ''}${errors.length > 1 ? ' «errors» has all.' : ''}`,
    errors,
  };
}

/** A problem on its own, as it stands in the result of a batch. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly errors?: readonly FieldError[];
}

/** A problem as the body of an answer. */
export interface AnsweredProblem extends ProblemBody {
  readonly missing?: readonly string[];
  readonly instance: string;
  readonly request_id: string;
}

/** The members of a problem (RFC 9457); `type` is a path of this service, where the code is explained. */
export function problemBody(code: ProblemCode, { detail, errors }: ProblemDetails = {}): ProblemBody {
  const { status, title, meaning, mend } = PROBLEMS[code];
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail: detail ?? `${meaning} ${mend}`,
    code,
    ...(errors === undefined ? {} : { errors }),
  };
}

/**
 * @param instance path of the request, without its query
 * @param requestId as in the X-Request-Id header
 */
export function answeredProblem(problem: Problem, instance: string, requestId: string): AnsweredProblem {
  const { missing } = problem.details;
  return {
    ...problemBody(problem.code, problem.details),
    ...(missing === undefined ? {} : { missing }),
    instance,
    request_id: requestId,
  };
}
