import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LiveModel } from './live-model.js';
import type { ModelSource } from './model-source.js';
import type { Observer } from './observer.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The model that answers this request, read once on its arrival. */
    live: LiveModel | undefined;
    /** Id of the key, or why there is none; for the log. */
    keyNote: string | undefined;
  }
  interface FastifyContextConfig {
    /** The operation's path as in OpenAPI. */
    readonly path?: string;
  }
}

/** Not what begins as a key does: it would stand in the log. */
const SAFE_REQUEST_ID = /^(?!segue_)[A-Za-z0-9._-]{1,64}$/;

const CLIENT_GONE = 499;

/** The caller's X-Request-Id where it is short and harmless, else a fresh one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && SAFE_REQUEST_ID.test(sent) ? sent : randomUUID();
}

/** Headers that every answer carries. */
export function standardHeaders(requestId: string, live: LiveModel | undefined): Record<string, string> {
  return { 'x-request-id': requestId, ...(live === undefined ? {} : { 'x-model-version': live.version }) };
}

/** Begins the life of every request that finds a path, known or not. */
export function addRequestLife(app: FastifyInstance, begin: ReturnType<typeof requestLife>): void {
  app.decorateRequest('live', undefined);
  app.decorateRequest('keyNote', undefined);
  app.addHook('onRequest', (request, reply, done) => {
    begin(request, reply);
    done();
  });
}

/** On arrival: fixes the model that answers, sets the headers of every answer and sees that the end is counted and logged, once. */
export function requestLife(
  models: ModelSource,
  observer: Observer,
  guards: Readonly<Record<string, string>>,
) {
  return (request: FastifyRequest, reply: FastifyReply): void => {
    request.live = models.current();
    reply.headers(guards).headers(standardHeaders(request.id, request.live));
    observer.requestStarted();
    let open = true;
    const end = (status: number): void => {
      if (!open) return;
      open = false;
      tellEnd(request, reply, status, observer);
    };
    reply.raw.once('finish', () => end(reply.statusCode));
    reply.raw.once('close', () => end(CLIENT_GONE)); // unless it was finished before
  };
}

function tellEnd(request: FastifyRequest, reply: FastifyReply, status: number, observer: Observer): void {
  const { config, url } = request.routeOptions;
  const outcome = {
    method: request.method,
    route: request.is404 ? 'unmatched' : (config.path ?? url ?? 'unmatched'),
    status,
    seconds: reply.elapsedTime / 1000,
  };
  observer.requestEnded(outcome);
  const { seconds, ...rest } = outcome;
  request.log.info(
    { ...rest, duration_ms: Number((seconds * 1000).toFixed(3)), key: request.keyNote },
    'request',
  );
}
