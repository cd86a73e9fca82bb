import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TObject, TSchema } from '../core/typebox.js';
import type { Access } from './access.js';
import { compileCheck } from './field-errors.js';
import { emptyBody } from './json-body.js';
import { JsonText } from './json-text.js';
import { LineBody, sendAnswers } from './ndjson/line-body.js';
import { Pieces } from './pieces.js';
import { invalidRequest, Problem } from './problem.js';
import { compileQuery, type RawQuery, valueOf } from './query.js';
import type { Ask, Route, RouteHeader, RouteParam } from './route.js';

/** As Fastify says it of objects. */
const JSON_TYPE = 'application/json; charset=utf-8';

/** Serves an operation. What its route doesn't have (parameters, query, body) costs nothing. */
export function addRoute(app: FastifyInstance, route: Route, access: Access): void {
  const { method, path, params, query, body, answer, lines } = route;
  const { headers } = answer;
  app.route({
    method,
    url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
    config: { takesLines: lines !== undefined },
    onRequest: arrival(route, access),
    schema: {
      ...(params === undefined ? {} : { params: { type: 'object', properties: {} } }),
      ...(query === undefined ? {} : { querystring: query }),
      ...(body === undefined ? {} : { body: body.schema }),
    },
    validatorCompiler: ({ httpPart, schema }) => {
      if (httpPart === 'params') return paramsValidator(params ?? []);
      return httpPart === 'querystring' ? queryValidator(schema as TObject) : bodyValidator(schema);
    },
    ...(body === undefined ? {} : { bodyLimit: body.limitBytes, preValidation: needBody }),
    handler(request, reply) {
      if (answer.contentType !== undefined) reply.type(answer.contentType);
      if (answer.status !== undefined) reply.code(answer.status);
      const ask: Ask<unknown, Readonly<Record<string, unknown>>> = {
        live: request.live,
        body: request.body,
        params: request.params as Record<string, string>,
        query: request.query as Readonly<Record<string, unknown>>,
        key: request.keyNote,
      };
      if (lines !== undefined && ask.body instanceof LineBody)
        return sendAnswers(request, reply, ask.body, lines, ask);
      const result = route.handle(ask);
      if (headers !== undefined) return withHeaders(reply, headers, result);
      if (result instanceof JsonText) return reply.type(JSON_TYPE).send(result.text);
      return result instanceof Pieces ? sendPieces(reply, result) : result;
    },
  });
}

async function withHeaders(
  reply: FastifyReply,
  headers: readonly RouteHeader<unknown>[],
  result: unknown,
): Promise<unknown> {
  const answer = await result;
  for (const header of headers) {
    const value = header.of(answer);
    if (value !== undefined) reply.header(header.name, value);
  }
  return answer;
}

/** Says which operation it is, and who may have it, before the body is read. */
function arrival({ method, path, scope }: Route, access: Access) {
  const operation = { method, route: path };
  const head = { method: 'HEAD', route: path };
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    request.operation = request.method === method ? operation : head;
    if (scope === 'public' || access(request, reply, scope)) done();
  };
}

function needBody(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  done(request.body === undefined ? emptyBody() : undefined);
}

async function sendPieces(reply: FastifyReply, pieces: Pieces): Promise<FastifyReply> {
  return reply.type('application/json').send(await pieces.payload());
}

type Validator<Sent> = (sent: Sent) => { value: unknown } | { error: Error };

function bodyValidator(schema: TSchema): Validator<unknown> {
  const check = compileCheck(schema);
  return (value) => {
    if (value instanceof LineBody) return { value }; // its lines are checked one by one
    const errors = check(value);
    return errors.length === 0
      ? { value }
      : { error: new Problem('invalid_request', invalidRequest(errors)) };
  };
}

function queryValidator(schema: TObject): Validator<RawQuery> {
  const read = compileQuery(schema);
  return (query) => {
    const result = read(query);
    return 'value' in result
      ? result
      : { error: new Problem('invalid_request', invalidRequest(result.errors)) };
  };
}

/** A path that its parameter's schema refuses names nothing: it is answered like one that is well formed and names nothing. */
function paramsValidator(params: readonly RouteParam[]): Validator<Readonly<Record<string, string>>> {
  const checks = params.map(({ name, schema, absent }) => ({
    name,
    schema,
    absent,
    check: compileCheck(schema),
  }));
  return (sent) => {
    for (const { name, schema, absent, check } of checks) {
      const text = sent[name] ?? '';
      if (check(valueOf(schema, text)).length > 0) return { error: new Problem(absent) };
    }
    return { value: sent };
  };
}
