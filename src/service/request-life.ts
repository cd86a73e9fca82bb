import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Span, Tracing } from '../core/tracing.js';
import type { LiveModel } from './live-model.js';
import type { ModelSource } from './model-source.js';
import type { Observer, Operation } from './observer.js';
import type { Problem } from './problem.js';
import { ALWAYS_ANSWERED, PREDICT_ROUTE } from './route.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The model that answers this request, read once on its arrival. */
    live: LiveModel | undefined;
    /** Id of the key, or why there is none; for the log. */
    keyNote: string | undefined;
    /** Where the request went, once that is known. */
    operation: Operation | undefined;
    /** What a collector of traces is told of it, where there is one. */
    span: Span | undefined;
  }
}

/** Not what begins as a key does: it would stand in the log. */
const SAFE_REQUEST_ID = /^(?!segue_)[A-Za-z0-9._-]{1,64}$/;

const CLIENT_GONE = 499;

const TOO_MANY = 429;

/** Answers that take longer are worth a line in the log, in seconds. */
const SLOW = 1;

/** The caller's X-Request-Id where it is short and harmless, else a fresh one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && SAFE_REQUEST_ID.test(sent) ? sent : randomUUID();
}

/** Headers that every answer carries. */
export function standardHeaders(requestId: string, live: LiveModel | undefined): Record<string, string> {
  return { 'x-request-id': requestId, ...(live === undefined ? {} : { 'x-model-version': live.version }) };
}

/** What is looked at before anything else of a request; a problem is the answer. */
export type ArrivalCheck = (request: FastifyRequest) => Problem | undefined;

/** Begins the life of every request that finds a path, known or not, and refuses those that no path could answer. */
export function addRequestLife(
  app: FastifyInstance,
  begin: ReturnType<typeof requestLife>,
  checks: readonly ArrivalCheck[],
): void {
  app.decorateRequest('live', undefined);
  app.decorateRequest('keyNote', undefined);
  app.decorateRequest('operation', undefined);
  app.decorateRequest('span', undefined);
  app.addHook('onRequest', (request, reply, done) => {
    begin(request, reply);
    for (const check of checks) {
      const problem = check(request);
      if (problem !== undefined) return done(problem);
    }
    done();
  });
}

/** On arrival: fixes the model that answers, sets the headers of every answer and sees that the end is counted and logged, once. */
export function requestLife(
  models: ModelSource,
  observer: Observer,
  guards: Readonly<Record<string, string>>,
  log: FastifyBaseLogger,
  tracing?: Tracing,
) {
  return (request: FastifyRequest, reply: FastifyReply): void => {
    request.live = models.current();
    reply.headers(guards).header('x-request-id', request.id);
    if (request.live !== undefined) reply.header('x-model-version', request.live.version);
    observer.requestStarted();
    if (tracing !== undefined) request.span = beginSpan(tracing, request);
    const began = performance.now();
    // Node tells the close of every answer: after its end, or when the client went away before.
    reply.raw.on('close', () => {
      const { writableEnded, socket, statusCode } = reply.raw;
      const complete = writableEnded && socket?.destroyed !== true; // Node has let go of the connection of a complete answer
      const status = complete ? statusCode : CLIENT_GONE;
      const seconds = (performance.now() - began) / 1000;
      const operation = request.operation ?? otherOperation(request);
      observer.requestEnded(operation, status, seconds);
      if (status === 422 && operation.route === PREDICT_ROUTE && request.live !== undefined)
        observer.asked.refused(request.live); // items of a batch are counted one by one
      if (request.span !== undefined) endSpan(request.span, request, operation, status);
      logEnd(log, request, operation, status, seconds);
    });
  };
}

/** Probes and scrapes come every few seconds: they would bury what people ask. */
function beginSpan(tracing: Tracing, { method, headers, routeOptions }: FastifyRequest): Span | undefined {
  const route = routeOptions.url;
  if (route !== undefined && ALWAYS_ANSWERED.has(route)) return undefined;
  const { traceparent, tracestate } = headers as Readonly<Record<string, string | undefined>>;
  return tracing.begin(method, 'server', { traceparent, tracestate });
}

/** By OpenTelemetry's conventions for HTTP servers, without the path as sent: it may hold anything. */
function endSpan(span: Span, request: FastifyRequest, { method, route }: Operation, status: number): void {
  span.end({
    name: `${method} ${route}`,
    attributes: {
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': status,
      'url.scheme': request.protocol,
      'network.protocol.version': request.raw.httpVersion,
      'segue.request_id': request.id,
      ...(request.live === undefined ? {} : { 'segue.model_version': request.live.version }),
    },
    failed: status >= 500 ? String(status) : undefined,
  });
}

/**
 * What failed or was slow is in the log; the rest only at level `debug`: figures count it, and it comes by the thousand a second. So do
 * floods, which the audit log counts.
 */
function logEnd(
  log: FastifyBaseLogger,
  request: FastifyRequest,
  operation: Operation,
  status: number,
  seconds: number,
): void {
  const failed = status >= 400 && status !== TOO_MANY;
  const level = failed || seconds >= SLOW ? 'info' : 'debug';
  if (level === 'debug' && log.level !== 'debug' && log.level !== 'trace') return;
  log[level](
    {
      request_id: request.id,
      ...(request.span === undefined ? {} : { trace_id: request.span.traceId, span_id: request.span.spanId }),
      ...operation,
      status,
      duration_ms: Number((seconds * 1000).toFixed(3)),
      key: request.keyNote,
    },
    'request',
  );
}

/** Documentation pages, and one for each method without a path: few, because HTTP knows few methods. */
const OTHERS = new Map<string, Operation>();

function otherOperation({ is404, method, routeOptions }: FastifyRequest): Operation {
  const route = is404 ? 'unmatched' : (routeOptions.url ?? 'unmatched');
  const name = `${method} ${route}`;
  const known = OTHERS.get(name) ?? { method, route };
  OTHERS.set(name, known);
  return known;
}
