import type { Socket } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { accessBy } from './access.js';
import { addRoute } from './add-route.js';
import { compressAnswers } from './compression.js';
import { CONNECTION_LIMITS, HEADER_BYTES, keepLimits, tooManyHeaders } from './connection-limits.js';
import { allowOrigins } from './cross-origin.js';
import { addDashboard, DASHBOARD_ROUTES } from './dashboard.js';
import type { AppDeps } from './deps.js';
import { addDocumentation } from './documentation.js';
import { ignoreExpectations, malformed } from './http-forms.js';
import { acceptJsonOnly } from './json-body.js';
import { acceptLines, isStreaming } from './ndjson/line-body.js';
import { openApiDocument } from './openapi.js';
import { shedOverload } from './overload.js';
import {
  addProblemReplies,
  type ConnectionError,
  refuseConnection,
  replyWithProblem,
} from './problem-replies.js';
import { addRequestLife, requestIdOf, requestLife } from './request-life.js';
import { revalidate } from './revalidation.js';
import { isData } from './route.js';
import { apiRoutes } from './routes/api.js';
import { securityHeaders } from './security-headers.js';
import { takeTurns } from './turns.js';
import { followConnections } from './under-way.js';
import { addUnmatched } from './unmatched.js';

/** Puts the service together. It does not listen yet; `app.inject` works after `app.ready()`. */
export function buildApp(deps: AppDeps): FastifyInstance {
  const { models, observer, logger, security } = deps;
  const limits = { ...CONNECTION_LIMITS, ...security.limits };
  const guards = securityHeaders(security.tls ?? false);
  const begin = requestLife(models, observer, guards, logger, deps.tracing);
  const app: FastifyInstance = fastify({
    logger: false, // a child of the logger for each request costs as much as the prediction: lines name their request themselves
    genReqId: requestIdOf,
    trustProxy: security.trustedProxies === undefined ? false : [...security.trustedProxies],
    routerOptions: { maxParamLength: HEADER_BYTES }, // each parameter's schema says what is too long
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionTimeout: limits.stallMs,
    http: {
      headersTimeout: Math.min(limits.headersMs, limits.requestMs),
      connectionsCheckingInterval: limits.checkMs,
      maxHeaderSize: HEADER_BYTES,
      requireHostHeader: false, // refused as a problem instead
    },
    return503OnClosing: false, // a request that was let in is answered; the answer then closes the connection
    frameworkErrors: (error, request, reply) => {
      begin(request, reply);
      replyWithProblem(error, request, reply, logger);
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
  addProblemReplies(app, logger);
  shedOverload(app, {
    models,
    observer,
    logger,
    guards,
    ...(deps.gate === undefined ? {} : { gate: deps.gate }),
  });
  addRequestLife(app, begin, [malformed, tooManyHeaders]);
  ignoreExpectations(app);
  keepLimits(app, limits);

  const routes = apiRoutes({ ...deps, nextTurn: takeTurns() });
  const document = openApiDocument(routes, deps.contract, deps.version);
  allowOrigins(app, security.corsOrigins ?? []);
  app.after(() => {
    // after CORS: a page may read why it was refused, and a preflight has no key
    addUnmatched(app, [...routes, { method: 'GET', path: '/openapi.json' }, ...DASHBOARD_ROUTES]);
  });
  const access = accessBy(deps);
  for (const route of routes.filter((one) => !isData(one))) addRoute(app, route, access);
  app.register(async (compressed) => {
    await compressAnswers(compressed);
    compressed.get('/openapi.json', () => document);
    await compressed.register(async (data) => {
      revalidate(data);
      for (const route of routes.filter(isData)) addRoute(data, route, access);
    });
  });
  addDocumentation(app, document);
  addDashboard(app);
  return app;
}
