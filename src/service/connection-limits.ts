import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

/** What one connection, and all of them, may take. Times in milliseconds. */
export interface ConnectionLimits {
  /** For request line and headers to arrive. */
  readonly headersMs: number;
  /** For the whole request to arrive. */
  readonly requestMs: number;
  /** Between two requests of a connection. */
  readonly idleMs: number;
  /** Without a byte in either direction while a request is under way: also of a reader that has stopped. */
  readonly stallMs: number;
  /** For a reader to take what is ready for it: also of one that reads a byte now and then. */
  readonly answerMs: number;
  /** How often connections are looked at. */
  readonly checkMs: number;
  /** Connections at once; more are closed. */
  readonly connections: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  headersMs: 5_000,
  requestMs: 30_000,
  /** Longer than the idle time of usual load balancers (60 s), so that it's never us who close under a request. */
  idleMs: 72_000,
  stallMs: 30_000,
  answerMs: 120_000,
  checkMs: 1_000,
  connections: 10_000,
};

/** Bytes of request line and headers together. */
export const HEADER_BYTES = 16 * 1024;

const MOST_HEADERS = 100;

/** Keeps the limits that Fastify's options don't. */
export function keepLimits(app: FastifyInstance, limits: ConnectionLimits): void {
  app.server.maxConnections = limits.connections;
  app.server.maxHeadersCount = 0; // Node would drop those beyond it without a word
  cutSlowReaders(app, limits);
}

/** Refuses a request with more headers than it may have. */
export function tooManyHeaders({ raw }: FastifyRequest): Problem | undefined {
  if (raw.rawHeaders.length <= 2 * MOST_HEADERS) return undefined; // a name and a value each
  return new Problem('headers_too_large', {
    detail: `A request may have ${MOST_HEADERS} headers.`,
    headers: { connection: 'close' },
  });
}

/**
 * Cuts connections off whose answers have been waiting to be taken for too long. They are looked at now and then, which costs requests
 * nothing; `stallMs` is Node's own.
 */
function cutSlowReaders(app: FastifyInstance, { answerMs, checkMs }: ConnectionLimits): void {
  const waitingSince = new WeakMap<Socket, number>();
  const look = (): void => {
    const now = performance.now();
    for (const socket of app.connections.keys()) {
      const since = waitingSince.get(socket);
      if (socket.writableLength === 0) waitingSince.delete(socket);
      else if (since === undefined) waitingSince.set(socket, now);
      else if (now - since >= answerMs) socket.destroy();
    }
  };
  const timer = setInterval(look, checkMs).unref();
  app.addHook('onClose', async () => clearInterval(timer));
}
