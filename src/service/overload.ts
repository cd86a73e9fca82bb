import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ModelSource } from './model-source.js';
import type { Observer, Operation } from './observer.js';
import { answeredProblem, PROBLEM_JSON, Problem } from './problem.js';
import { pathOf } from './problem-replies.js';
import { PROBLEMS } from './problems.js';
import { standardHeaders } from './request-life.js';
import { type RoundGate, roundGate } from './round-gate.js';
import { ALWAYS_ANSWERED } from './route.js';

/** Seconds after which a refused caller may ask again. */
const RETRY_AFTER = '1';

/** How often a lasting overload is told in the log, in milliseconds. */
const TELL_MS = 1_000;

export interface OverloadParts {
  readonly models: ModelSource;
  readonly observer: Observer;
  readonly logger: FastifyBaseLogger;
  /** Headers of every answer. */
  readonly guards: Readonly<Record<string, string>>;
  readonly gate?: RoundGate;
}

/**
 * Refuses requests with 503 while more come in than can be answered in time, so that those that are let in are still answered fast.
 * Runs before all else, and answers by itself: a refusal must cost as little as can be.
 */
export function shedOverload(app: FastifyInstance, parts: OverloadParts): void {
  const { models, observer, guards, gate = roundGate() } = parts;
  const tell = telling(parts.logger);
  const operations = new Map<string, Operation>();
  const operationOf = (method: string): Operation => {
    const operation = operations.get(method) ?? { method, route: 'overload' };
    operations.set(method, operation);
    return operation;
  };
  app.addHook('onRequest', (request, reply, done) => {
    if (gate.admits(performance.now()) || ALWAYS_ANSWERED.has(pathOf(request))) return done();
    observer.requestStarted();
    refuse(request, reply, { ...guards, ...standardHeaders(request.id, models.current()) });
    observer.requestEnded(operationOf(request.method), PROBLEMS.overloaded.status, 0);
    tell();
  });
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  headers: Readonly<Record<string, string>>,
): void {
  const problem = new Problem('overloaded');
  const body = JSON.stringify(answeredProblem(problem, pathOf(request), request.id));
  reply.hijack();
  reply.raw.writeHead(PROBLEMS[problem.code].status, {
    ...headers,
    'retry-after': RETRY_AFTER,
    'content-type': PROBLEM_JSON,
    'content-length': Buffer.byteLength(body),
  });
  reply.raw.end(body);
}

/** Tells the log of refusals, once a second while there are any, with their number. */
function telling(log: FastifyBaseLogger): () => void {
  let refused = 0;
  return () => {
    refused += 1;
    if (refused > 1) return;
    setTimeout(() => {
      log.warn({ code: 'overloaded', refused }, 'overload: requests were refused');
      refused = 0;
    }, TELL_MS).unref();
  };
}
