import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DASHBOARD_POLICY } from './security-headers.js';

/** What `npm run build` made of web/. */
const FILES = fileURLToPath(new URL('../../web/dist/', import.meta.url));

/** Paths of the dashboard's views: one page serves them all. */
export const DASHBOARD_PATHS = [
  '/',
  '/distribution',
  '/evolution',
  '/map',
  '/drift',
  '/try',
  '/playlists',
  '/operations',
  '/costs',
] as const;

/** Paths under which something is served that the API's document doesn't have. */
export const DASHBOARD_ROUTES = [...DASHBOARD_PATHS, '/assets/{file}'].map((path) => ({
  method: 'GET',
  path,
}));

/** The dashboard's page and files, without a key: what they show, they ask the API for. */
export function addDashboard(app: FastifyInstance): void {
  if (!existsSync(FILES)) throw new Error(`${FILES} is missing: run npm run build`);
  app.register(fastifyStatic, {
    root: FILES,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (response) => void response.header('content-security-policy', DASHBOARD_POLICY),
  });
  for (const path of DASHBOARD_PATHS) app.get(path, page);
  app.get<{ Params: { '*': string } }>('/assets/*', (request, reply) =>
    reply
      .header('cache-control', 'public, max-age=31536000, immutable') // their names change with their contents
      .sendFile(`assets/${request.params['*']}`),
  );
}

function page(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html');
}
