import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** How long a browser may remember what it was told, in seconds. */
const REMEMBER_S = 600;

/**
 * Lets pages of these origins call the API from browsers (CORS); of none where there are none. Keys travel in a header, never in
 * cookies, so no credentials are allowed.
 */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.register(cors, {
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['Content-Type', 'X-API-Key', 'X-Request-Id', 'If-None-Match', 'Traceparent'],
    exposedHeaders: [
      'X-Request-Id',
      'X-Model-Version',
      'ETag',
      'Link',
      'RateLimit-Policy',
      'RateLimit',
      'Retry-After',
    ],
    maxAge: REMEMBER_S,
    strictPreflight: false, // its 400 would not be a problem
  });
}
