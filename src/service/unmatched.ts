import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';
import { pathOf } from './problem-replies.js';

/** A path of the API, as in OpenAPI, and a method that it answers. */
export interface KnownPath {
  readonly method: string;
  readonly path: string;
}

/** Answers 405 with Allow where the path is known for another method, else 404; before any body is read. */
export function addUnmatched(app: FastifyInstance, known: readonly KnownPath[]): void {
  const patterns = known.map(({ method, path }) => ({ method, pattern: patternOf(path) }));
  app.addHook('onRequest', (request, _reply, done) => {
    done(request.is404 ? unmatched(pathOf(request), patterns) : undefined);
  });
  app.setNotFoundHandler(() => {
    throw new Problem('route_not_found');
  });
}

function unmatched(path: string, patterns: readonly { method: string; pattern: RegExp }[]): Problem {
  const methods = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
  if (methods.length === 0) return new Problem('route_not_found');
  const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  return new Problem('method_not_allowed', { detail: `The path answers ${allow}.`, headers: { allow } });
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}
