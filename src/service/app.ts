import type { Socket } from 'node:net';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { addAccess } from './access.js';
import { addRoute } from './add-route.js';
import { allowOrigins } from './cross-origin.js';
import type { AppDeps } from './deps.js';
import { addDocumentation } from './documentation.js';
import { addHttpForms } from './http-forms.js';
import { acceptJsonOnly } from './json-body.js';
import { acceptLines, isStreaming } from './ndjson/line-body.js';
import { openApiDocument } from './openapi.js';
import {
  addProblemReplies,
  type ConnectionError,
  refuseConnection,
  replyWithProblem,
} from './problem-replies.js';
import { addRequestLife, requestIdOf, requestLife } from './request-life.js';
import { apiRoutes } from './routes/api.js';
import { securityHeaders } from './security-headers.js';
import { takeTurns } from './turns.js';
import { followConnections } from './under-way.js';
import { addUnmatched } from './unmatched.js';

/** Time limits of a connection, in milliseconds. */
const LIMITS = {
  headers: 5_000,
  request: 30_000,
  /** Longer than the idle time of usual load balancers (60 s), so that it's never us who close under a request. */
  keepAlive: 72_000,
  /** How often Node looks for connections that broke a limit. */
  check: 1_000,
} as const;

/** Puts the service together. It does not listen yet; `app.inject` works after `app.ready()`. */
export function buildApp(deps: AppDeps): FastifyInstance {
  const { models, observer, logger, security } = deps;
  const guards = securityHeaders(security.tls ?? false);
  const begin = requestLife(models, observer, guards, logger);
  const app: FastifyInstance = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    childLoggerFactory: (log) => log, // a child for each request costs as much as the prediction; lines name the request themselves
    genReqId: requestIdOf,
    trustProxy: security.trustedProxies === undefined ? false : [...security.trustedProxies],
    requestTimeout: LIMITS.request,
    keepAliveTimeout: LIMITS.keepAlive,
    http: {
      headersTimeout: LIMITS.headers,
      connectionsCheckingInterval: LIMITS.check,
      requireHostHeader: false, // refused as a problem instead
    },
    return503OnClosing: false, // a request that was let in is answered; the answer then closes the connection
    frameworkErrors: (error, request, reply) => {
      begin(request, reply);
      replyWithProblem(error, request, reply);
    },
    clientErrorHandler: (error, socket) => refuse(error, socket),
  });
  const connections = followConnections(app.server);
  app.decorate('connections', connections);
  const refuse = (error: ConnectionError, socket: Socket): void => {
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && isStreaming(socket)) return; // it has a limit of its own
    refuseConnection(error, socket, connections.get(socket), models.current(), guards, logger);
  };
  acceptJsonOnly(app);
  acceptLines(app);
  addProblemReplies(app);
  addRequestLife(app, begin);
  addHttpForms(app);

  const routes = apiRoutes({ ...deps, nextTurn: takeTurns() });
  const document = openApiDocument(routes, deps.contract, deps.version);
  allowOrigins(app, security.corsOrigins ?? []);
  app.after(() => {
    // after CORS: a page may read why it was refused, and a preflight has no key
    addUnmatched(app, [...routes, { method: 'GET', path: '/openapi.json' }, { method: 'GET', path: '/' }]);
    addAccess(app, deps);
  });
  for (const route of routes) addRoute(app, route);
  addDocumentation(app, document);
  return app;
}
