import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { KeyRing } from './key-ring.js';
import { allows, type Scope } from './keys.js';
import { Problem } from './problem.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly scope?: Scope | 'public';
  }
}

/** Lets a request through to an operation only with a key that allows it. Runs before the body is read. */
export function addAccess(app: FastifyInstance, keys: KeyRing): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { scope = 'public' } = request.routeOptions.config;
    done(scope === 'public' ? undefined : refusal(request, keys, scope));
  });
}

function refusal(request: FastifyRequest, keys: KeyRing, scope: Scope): Problem | undefined {
  const sent = request.headers['x-api-key'];
  const check = keys.check(Array.isArray(sent) ? sent.join() : sent);
  request.keyNote = check.valid ? check.id : check.reason;
  if (!check.valid) {
    return new Problem('unauthorized', {
      headers: { 'www-authenticate': 'ApiKey realm="segue", header="X-API-Key"' },
    });
  }
  if (allows(check.scopes, scope)) return undefined;
  return new Problem('scope_missing', {
    detail: `The operation needs the scope «${scope}»; the key has: ${check.scopes.join(', ')}.`,
  });
}
