import type { components } from './schema.js';

/** What the service says of an error (RFC 9457). */
export type Problem = components['schemas']['Problem'];

/** Codes that are known, or any later one: go by the status then. */
export type ProblemCode = Problem['code'];

/** The service, or something in front of it, answered with an error. */
export class SegueProblem extends Error {
  /** HTTP status. */
  readonly status: number;
  /** Stable; `undefined` where the answer isn't Segue's, a proxy's page say. */
  readonly code: ProblemCode | undefined;
  /** Each broken rule of a 422. */
  readonly errors: NonNullable<Problem['errors']>;
  /** The log of the service has the request under this id. */
  readonly requestId: string | undefined;
  /** When to ask again, in seconds from the answer; the client has done so until its retries were used up. */
  readonly retryAfter: number | undefined;
  readonly problem: Problem | undefined;

  constructor(response: Response, body: unknown) {
    const problem = isProblem(body) ? body : undefined;
    super(
      problem?.detail ??
        `The answer is ${response.status} ${response.statusText}, and no problem of Segue's.`,
    );
    this.name = 'SegueProblem';
    this.status = response.status;
    this.code = problem?.code;
    this.errors = problem?.errors ?? [];
    this.requestId = problem?.request_id ?? response.headers.get('x-request-id') ?? undefined;
    this.retryAfter = retryAfterOf(response);
    this.problem = problem;
  }
}

/** Seconds of the header Retry-After, which Segue gives in seconds. */
export function retryAfterOf({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 ? seconds : undefined;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body;
}
