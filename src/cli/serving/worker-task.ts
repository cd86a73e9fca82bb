import { type ErrorCode, type ErrorDetails, SegueError } from '../../core/errors.js';
import type { ServeFlags } from './serve-options.js';

/** What a worker process is given to do. */
export interface WorkerTask {
  /** Root of the home folder. */
  readonly home: string;
  readonly registry: string | undefined;
  readonly flags: ServeFlags;
  /** Its part of every rate limit. */
  readonly share: number;
}

/** Told by a worker that cannot serve. */
interface StartFailed {
  readonly segue: 'start_failed';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

export function startFailed({ code, details: { what, value, limit, mend } }: SegueError): StartFailed {
  return {
    segue: 'start_failed',
    code,
    details: {
      what,
      mend,
      ...(value === undefined ? {} : { value }),
      ...(limit === undefined ? {} : { limit }),
    },
  };
}

/** The error in a worker's message, if it is one. */
export function errorOf(message: unknown): SegueError | undefined {
  if (typeof message !== 'object' || message === null || !('segue' in message)) return undefined;
  const { segue, code, details } = message as StartFailed;
  return segue === 'start_failed' ? new SegueError(code, details) : undefined;
}
