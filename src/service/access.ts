import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type { Attempts } from './attempts.js';
import type { AuditLog } from './audit-log.js';
import type { KeyRing } from './key-ring.js';
import { allows, type Scope } from './keys.js';
import { Problem } from './problem.js';
import { replyWithProblem } from './problem-replies.js';
import { type Meter, rateLimitHeader, retryAfter, take } from './rate.js';
import { isSameOrigin, type Sessions } from './session.js';

export interface AccessParts {
  readonly keys: KeyRing;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly audit: AuditLog;
  /** Milliseconds on a clock that never goes back. */
  readonly ticks: () => number;
  readonly logger: FastifyBaseLogger;
}

/**
 * Lets a request through to an operation only with a key that allows it, as often as it may.
 *
 * @returns false where it was refused, which is answered then: at once, since a refusal must cost less than an answer
 */
export type Access = (request: FastifyRequest, reply: FastifyReply, scope: Scope) => boolean;

export function accessBy(parts: AccessParts): Access {
  return (request, reply, scope) => {
    const problem = refusal(request, reply, scope, parts);
    if (problem !== undefined) replyWithProblem(problem, request, reply, parts.logger);
    return problem === undefined;
  };
}

function refusal(
  request: FastifyRequest,
  reply: FastifyReply,
  scope: Scope,
  { keys, sessions, attempts, audit, ticks }: AccessParts,
): Problem | undefined {
  const sent = sentKey(request);
  const keyId = sent === undefined ? sessions.keyIdOf(request) : undefined;
  if (keyId !== undefined && changesSomething(request) && !isSameOrigin(request)) {
    note(audit, request, 'cross_site_request', keyId);
    return new Problem('cross_site_request');
  }
  const key = keyId === undefined ? keys.check(sent) : keys.checkId(keyId);
  if (typeof key === 'string') {
    request.keyNote = key;
    note(audit, request, key, keys.idOf(sent));
    const waitMs = attempts.failed(request.ip);
    return waitMs > 0 ? tooMany(waitMs) : new Problem('unauthorized', { headers: CHALLENGE });
  }
  request.keyNote = key.id;
  if (key.meter !== undefined) {
    const waitMs = measure(key.meter, reply, ticks());
    if (waitMs > 0) {
      note(audit, request, 'too_many_requests', key.id);
      return tooMany(waitMs);
    }
  }
  if (allows(key.scopes, scope)) return undefined;
  note(audit, request, 'scope_missing', key.id);
  return new Problem('scope_missing', {
    detail: `The operation needs the scope «${scope}»; the key has: ${key.scopes.join(', ')}.`,
  });
}

/** Browsers send a session's cookie by themselves: what changes something must come from a page of ours. */
function changesSomething({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

const CHALLENGE = { 'www-authenticate': 'ApiKey realm="segue", header="X-API-Key"' };

function sentKey({ headers }: FastifyRequest): string | undefined {
  const sent = headers['x-api-key'];
  return Array.isArray(sent) ? sent.join() : sent;
}

function note(audit: AuditLog, request: FastifyRequest, reason: string, key: string | null): void {
  const { ip: client, method, id: request_id, operation } = request;
  audit.refused({ reason, key, client, method, route: operation?.route ?? '', request_id });
}

function measure(meter: Meter, reply: FastifyReply, nowMs: number): number {
  const waitMs = take(meter, nowMs);
  reply.header('ratelimit-policy', meter.policy).header('ratelimit', rateLimitHeader(meter, nowMs));
  return waitMs;
}

function tooMany(waitMs: number): Problem {
  return new Problem('too_many_requests', { headers: { 'retry-after': retryAfter(waitMs) } });
}
