import type { Static, TObject, TSchema } from '../core/typebox.js';
import type { Frozen } from '../core/types.js';
import type { JsonText } from './json-text.js';
import type { Scope } from './keys.js';
import type { LiveModel } from './live-model.js';
import type { AnswerLine } from './ndjson/answer-lines.js';
import type { Pieces } from './pieces.js';
import type { ProblemCode } from './problems.js';
import type { NextTurn } from './turns.js';

/** What a handler is given: a request whose key, scope, parameters and body have been checked. */
export interface Ask<Body, Query = unknown> {
  /** Read once when the request arrived; the whole answer comes from it. */
  readonly live: LiveModel | undefined;
  readonly body: Body;
  /** Texts of the path that fit their schemas. */
  readonly params: Readonly<Record<string, string>>;
  /** Parameters of the route's `query`, as values of their types; a route without one has no use of it. */
  readonly query: Query;
  /** Id of the key that was sent; undefined where none is needed. */
  readonly key: string | undefined;
}

/** One operation of the API. Routing, access, checks, the OpenAPI document and its tests are all made from these. */
export interface Route<
  Body extends TSchema = TSchema,
  Result extends TSchema = TSchema,
  Query extends TObject = TObject,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As in OpenAPI: `/v1/clusters/{cluster_id}`. */
  readonly path: string;
  /** `operationId`: the name of the function in a generated client. */
  readonly id: string;
  readonly tag: 'predictions' | 'playlists' | 'segments' | 'models' | 'operation';
  readonly summary: string;
  readonly description?: string;
  /** What a key must allow; `public` needs no key. */
  readonly scope: Scope | 'public';
  readonly params?: readonly RouteParam[];
  /**
   * Parameters after `?`: an object of single values (texts, numbers, integers, booleans, enums), closed by `additionalProperties:
   * false`. What is unknown, given twice or against its rules is `invalid_request`. Without it, a query string is ignored.
   */
  readonly query?: Query;
  readonly body?: RouteBody<Body>;
  readonly answer: RouteAnswer<Result>;
  /** The same operation for a stream of any length: one item a line (NDJSON), one line of answer for each. */
  readonly lines?: RouteLines;
  /** Problems of this operation's own; those that access and checks bring are added (`problemsOf`). */
  readonly problems: readonly ProblemCode[];
  handle(
    ask: Ask<Frozen<Static<Body>>, Frozen<Static<Query>>>,
  ): Answered<Static<Result>> | Promise<Answered<Static<Result>>>;
}

/** What a handler gives: the answer, its JSON, or the pieces that its JSON is made of. */
type Answered<Result> = Frozen<Result> | JsonText | Pieces;

export interface RouteParam {
  readonly name: string;
  readonly description: string;
  readonly schema: TSchema;
  readonly example: string | number;
  /** What is answered to a value that its schema refuses: such a path names nothing. */
  readonly absent: ProblemCode;
}

export interface RouteBody<Body extends TSchema> {
  readonly schema: Body;
  readonly limitBytes: number;
  readonly example: Frozen<Static<Body>>;
}

export interface RouteAnswer<Result extends TSchema> {
  readonly description: string;
  /** 200 unless given. */
  readonly status?: 202;
  /** `application/json` unless given. */
  readonly contentType?: string;
  readonly schema: Result;
  readonly example?: Frozen<Static<Result>>;
  /** Headers that follow from the answer. */
  readonly headers?: readonly RouteHeader<Frozen<Static<Result>>>[];
}

export interface RouteHeader<Result> {
  readonly name: string;
  readonly description: string;
  readonly example: string;
  /** Its value; undefined where this answer has none. */
  of(result: Result): string | undefined;
}

export interface RouteLines {
  /** Longest line, in bytes. */
  readonly limitBytes: number;
  /** Schema of one line of the request, and of one line of the answer. */
  readonly item: TSchema;
  readonly result: TSchema;
  readonly example: { readonly items: readonly unknown[]; readonly results: readonly unknown[] };
  /** The turns that lines are answered in. */
  readonly nextTurn: NextTurn;
  /** Begins a stream. */
  open(ask: Omit<Ask<unknown, Readonly<Record<string, unknown>>>, 'body'>): AnswerLine;
}

/** A model version for documentation. */
export const EXAMPLE_VERSION = 'm-0a1b2c3d4e5f';

/** Ties the handler's types to the schemas. */
export function route<Body extends TSchema, Result extends TSchema, Query extends TObject>(
  spec: Route<Body, Result, Query>,
): Route {
  return spec;
}

/** Whether it tells what the service knows, and may be asked again and again: such answers have an ETag and are compressed. */
export function isData({ method, scope }: Pick<Route, 'method' | 'scope'>): boolean {
  return method === 'GET' && scope !== 'public';
}

/** Where one track is put into a segment. */
export const PREDICT_ROUTE = '/v1/predict/cluster';

/** Asked by those who watch over the service: an overloaded one must still tell them so. */
export const ALWAYS_ANSWERED: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** Every problem that the operation may answer, in the order of the catalogue's status. */
export function problemsOf({
  method,
  path,
  scope,
  params = [],
  query,
  body,
  problems,
}: Route): readonly ProblemCode[] {
  const all: readonly ProblemCode[] = [
    ...(scope === 'public' ? [] : (['unauthorized', 'scope_missing', 'too_many_requests'] as const)),
    ...(scope === 'public' || method === 'GET' ? [] : (['cross_site_request'] as const)),
    ...params.map(({ absent }) => absent),
    ...(body === undefined ? [] : (['body_too_large', 'not_json'] as const)),
    ...(body === undefined && query === undefined ? [] : (['invalid_request'] as const)),
    ...problems,
    'internal_error',
    ...(ALWAYS_ANSWERED.has(path) ? [] : (['overloaded'] as const)),
  ];
  return [...new Set(all)];
}

/** Problems that come before an operation is found. */
export const PROTOCOL_PROBLEMS = [
  'malformed_request',
  'route_not_found',
  'method_not_allowed',
  'request_timeout',
  'headers_too_large',
] as const satisfies readonly ProblemCode[];
