import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ModelSource } from './model-source.js';
import type { Observer, Operation } from './observer.js';
import { parkFor } from './parked.js';
import { PROBLEM_JSON, problemBody } from './problem.js';
import { pathOf } from './problem-replies.js';
import { PROBLEMS } from './problems.js';
import { standardHeaders } from './request-life.js';
import { type RoundGate, roundGate } from './round-gate.js';
import { ALWAYS_ANSWERED } from './route.js';

/** Seconds after which a refused caller may ask again. */
const RETRY_AFTER = '1';

/** A refusal is sent so much later, in milliseconds: callers who ask again at once would leave no time for those who are let in. */
const DELAY_MS = 100;

/** How often a lasting overload is told in the log, in milliseconds. */
const TELL_MS = 1_000;

const { status: STATUS } = PROBLEMS.overloaded;

/** The answer up to its path. */
const BODY = JSON.stringify(problemBody('overloaded')).slice(0, -1);

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
  const park = parkFor(DELAY_MS);
  const operationOf = operationsByMethod();
  app.addHook('onRequest', (request, reply, done) => {
    if (gate.admits(performance.now()) || ALWAYS_ANSWERED.has(pathOf(request))) return done();
    const headers = { ...guards, ...standardHeaders(request.id, models.current()) };
    observer.requestStarted();
    reply.hijack();
    park(() => {
      refuse(request, reply, headers);
      observer.requestEnded(operationOf(request.method), STATUS, DELAY_MS / 1000);
    });
    tell();
  });
}

function refuse(
  request: FastifyRequest,
  { raw }: FastifyReply,
  headers: Readonly<Record<string, string>>,
): void {
  const instance = JSON.stringify(pathOf(request));
  const body = `${BODY},"instance":${instance},"request_id":${JSON.stringify(request.id)}}`;
  raw.writeHead(STATUS, {
    ...headers,
    'retry-after': RETRY_AFTER,
    'content-type': PROBLEM_JSON,
    'content-length': Buffer.byteLength(body),
  });
  raw.end(body);
}

/** As requests are counted: one for each method that HTTP knows. */
function operationsByMethod(): (method: string) => Operation {
  const operations = new Map<string, Operation>();
  return (method) => {
    const operation = operations.get(method) ?? { method, route: 'overload' };
    operations.set(method, operation);
    return operation;
  };
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
