import { randomUUID } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { wrongContentType } from './json-body.js';
import type { LiveModel } from './live-model.js';
import { answeredProblem, PROBLEM_JSON, Problem } from './problem.js';
import { PROBLEMS } from './problems.js';
import { standardHeaders } from './request-life.js';
import { endAfter } from './under-way.js';

/** Turns whatever was thrown into a problem, logs it if it is our fault, and answers. */
export function addProblemReplies(app: FastifyInstance, log: FastifyBaseLogger): void {
  app.setErrorHandler((error: Error, request, reply) => replyWithProblem(error, request, reply, log));
}

/** Answers a request with the problem that the error stands for. */
export function replyWithProblem(
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
  log: FastifyBaseLogger,
): FastifyReply {
  const problem = toProblem(error, request);
  const { status } = PROBLEMS[problem.code];
  if (status >= 500) logFault(problem, error, request.id, log);
  return reply
    .code(status)
    .headers(problem.details.headers ?? {})
    .type(PROBLEM_JSON)
    .serializer(JSON.stringify) // Fastify's own would add a charset, which this media type doesn't have
    .send(answeredProblem(problem, pathOf(request), request.id));
}

/** A fault inside goes into the log with its stack; a state that we know and answer, such as «not ready», in one line without. */
function logFault({ code }: Problem, error: Error, id: string, log: FastifyBaseLogger): void {
  if (error instanceof Problem)
    log.warn({ request_id: id, code, detail: error.details.detail }, 'answered with a problem');
  else log.error({ request_id: id, code, err: error }, 'request failed');
}

/** Path of the request without its query. */
export function pathOf({ url }: Pick<FastifyRequest, 'url'>): string {
  return url.split('?', 1)[0] ?? url;
}

function toProblem(
  error: Error & Partial<Pick<FastifyError, 'code' | 'statusCode'>>,
  request: FastifyRequest,
): Problem {
  if (error instanceof Problem) return error;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const limit = request.routeOptions.bodyLimit;
    return new Problem('body_too_large', {
      detail: `The body may have ${limit} bytes.`,
      headers: { connection: 'close' },
    });
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return wrongContentType(request);
  const ours = error.statusCode === undefined || error.statusCode >= 500;
  return new Problem(ours ? 'internal_error' : 'malformed_request');
}

export type ConnectionError = Error & { readonly code?: string };

/**
 * Answers what Node's HTTP parser refuses, where there is no request yet or its body can't be read; then the connection ends. Requests
 * before it on the same connection are answered first, and nothing is written into an answer that has begun.
 *
 * @param latest the answer to the connection's latest request
 */
export function refuseConnection(
  error: ConnectionError,
  socket: Socket,
  latest: ServerResponse | undefined,
  live: LiveModel | undefined,
  guards: Readonly<Record<string, string>>,
  log: FastifyBaseLogger,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  if (ending.has(socket)) return;
  if (!mayRefuse(latest, socket)) {
    ending.add(socket);
    if (latest?.req.complete === true && !latest.writableFinished) endAfter(latest, socket);
    else socket.destroy();
    return;
  }
  const problem = new Problem(connectionProblem(error.code));
  const { status } = PROBLEMS[problem.code];
  const requestId = randomUUID();
  const body = JSON.stringify(answeredProblem(problem, '/', requestId));
  const headers = {
    ...guards,
    ...standardHeaders(requestId, live),
    'content-type': PROBLEM_JSON,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  log.info({ request_id: requestId, status, reason: error.code }, 'connection refused');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`);
}

/** Connections that end after the answer under way: what comes from them is not looked at any more. */
const ending = new WeakSet<Socket>();

/** Whether an answer may be written: none has begun that it would end up in, and none comes first. */
function mayRefuse(latest: ServerResponse | undefined, socket: Socket): boolean {
  if (latest === undefined) return true;
  if (latest.writableFinished) return latest.req.complete;
  return !latest.req.complete && !latest.headersSent && latest.socket === socket; // which it has when its turn has come
}

function connectionProblem(
  code: string | undefined,
): 'headers_too_large' | 'request_timeout' | 'malformed_request' {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers_too_large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request_timeout' : 'malformed_request';
}
