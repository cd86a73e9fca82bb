import { retryAfterOf } from './problem.js';

/** Sends a request; `fetch` is one. */
export type Send = (request: Request) => Promise<Response>;

export interface RetryRules {
  /** How often a request is sent again at most. */
  readonly retries: number;
  /** For how long an answer is waited for, in milliseconds. */
  readonly timeoutMs: number;
}

/** The service asks for patience: a limit is reached, or it is overloaded or just starting. */
const PATIENCE: ReadonlySet<number> = new Set([429, 503]);

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;

/**
 * Sends requests again that met a limit, an overload, a broken connection or silence, after the time that the service names, or after
 * 0.1, 0.2, 0.4, … s; both are spread at random, so that many clients don't come back at the same moment. All operations of this client
 * may be repeated: none changes anything.
 */
export function retrying(send: Send, { retries, timeoutMs }: RetryRules): Send {
  return async (request) => {
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= retries;
      const tried = last ? request : request.clone();
      try {
        const response = await send(withTimeout(tried, timeoutMs));
        const waitMs = waitOf(attempt, retryAfterOf(response));
        if (last || !PATIENCE.has(response.status) || waitMs > 2 * LONGEST_WAIT_MS) return response;
        await response.body?.cancel();
        await pause(waitMs, request.signal);
      } catch (error) {
        if (last || request.signal.aborted) throw error;
        await pause(waitOf(attempt, undefined), request.signal);
      }
    }
  };
}

function withTimeout(request: Request, timeoutMs: number): Request {
  return new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]) });
}

function waitOf(attempt: number, retryAfter: number | undefined): number {
  if (retryAfter !== undefined) return retryAfter * 1000 * (1 + Math.random() / 4);
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.5 + Math.random() / 2);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}
