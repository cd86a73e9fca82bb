import type { Static, TSchema } from 'typebox';
import type { Frozen } from '../core/types.js';
import type { Scope } from './keys.js';
import type { LiveModel } from './live-model.js';
import type { ProblemCode } from './problems.js';

/** What a handler is given: a request whose key, scope and body have been checked. */
export interface Ask<Body> {
  /** Read once when the request arrived; the whole answer comes from it. */
  readonly live: LiveModel | undefined;
  readonly body: Body;
  readonly params: Readonly<Record<string, string>>;
}

/** One operation of the API. Routing, access, checks, the OpenAPI document and its tests are all made from these. */
export interface Route<Body extends TSchema = TSchema, Result extends TSchema = TSchema> {
  readonly method: 'GET' | 'POST';
  /** As in OpenAPI: `/v1/clusters/{cluster_id}`. */
  readonly path: string;
  /** `operationId`: the name of the function in a generated client. */
  readonly id: string;
  readonly tag: 'predictions' | 'segments' | 'models' | 'operation';
  readonly summary: string;
  readonly description?: string;
  /** What a key must allow; `public` needs no key. */
  readonly scope: Scope | 'public';
  readonly params?: readonly RouteParam[];
  readonly body?: RouteBody<Body>;
  readonly answer: RouteAnswer<Result>;
  /** Problems of this operation's own; those that access and checks bring are added (`problemsOf`). */
  readonly problems: readonly ProblemCode[];
  handle(ask: Ask<Frozen<Static<Body>>>): Frozen<Static<Result>> | Promise<Frozen<Static<Result>>>;
}

export interface RouteParam {
  readonly name: string;
  readonly description: string;
  readonly schema: TSchema;
  readonly example: string | number;
}

export interface RouteBody<Body extends TSchema> {
  readonly schema: Body;
  readonly limitBytes: number;
  readonly example: Frozen<Static<Body>>;
}

export interface RouteAnswer<Result extends TSchema> {
  readonly description: string;
  /** `application/json` unless given. */
  readonly contentType?: string;
  readonly schema: Result;
  readonly example?: Frozen<Static<Result>>;
}

/** A model version for documentation. */
export const EXAMPLE_VERSION = 'm-0a1b2c3d4e5f';

/** Ties the handler's types to the schemas. */
export function route<Body extends TSchema, Result extends TSchema>(spec: Route<Body, Result>): Route {
  return spec;
}

/** Every problem that the operation may answer, in the order of the catalogue's status. */
export function problemsOf({ scope, body, problems }: Route): readonly ProblemCode[] {
  return [
    ...(scope === 'public' ? [] : (['unauthorized', 'scope_missing', 'too_many_requests'] as const)),
    ...(body === undefined ? [] : (['body_too_large', 'not_json', 'invalid_request'] as const)),
    ...problems,
    'internal_error',
  ];
}

/** Problems that come before an operation is found. */
export const PROTOCOL_PROBLEMS = [
  'malformed_request',
  'route_not_found',
  'method_not_allowed',
  'request_timeout',
  'headers_too_large',
] as const satisfies readonly ProblemCode[];
