import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { Json } from './openapi.js';
import { DOCUMENTATION_POLICY } from './security-headers.js';

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 110 40"><text y="30" font-size="30" font-family="sans-serif" fill="#fff">Segue</text></svg>';

/** The pages of the document at `/docs`; all files come from here: they work offline. */
export function addDocumentation(app: FastifyInstance, document: Json): void {
  app.register(swagger, { mode: 'static', specification: { document: document as never } });
  app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: DOCUMENTATION_POLICY,
    theme: { title: 'Segue API' },
    logo: { type: 'image/svg+xml', content: LOGO },
    uiConfig: { persistAuthorization: true },
  });
}
