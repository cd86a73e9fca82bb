import type { TSchema } from '../core/typebox.js';
import type { FeatureContract } from '../features/contract.js';
import { NDJSON } from './ndjson/media-type.js';
import { answerHeaders, HEADERS, IF_NONE_MATCH, problemHeaders } from './openapi-headers.js';
import { PROBLEM_JSON } from './problem.js';
import { PROBLEM_SCHEMA, problemExample } from './problem-schema.js';
import { PROBLEM_CODES, PROBLEMS, type ProblemCode } from './problems.js';
import { isData, PROTOCOL_PROBLEMS, problemsOf, type Route } from './route.js';

/** A JSON object of the OpenAPI document. */
export type Json = Readonly<Record<string, unknown>>;

const PROBLEM_REF = { $ref: '#/components/schemas/Problem' };

/** Describes the API (OpenAPI 3.1) from the very routes that serve it. */
export function openApiDocument(routes: readonly Route[], contract: FeatureContract, version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Segue',
      version,
      summary: 'Segments of a music catalogue',
      description: `Assigns tracks to segments by ${contract.features.map(({ name }) => name).join(', ')}. Send a key in the X-API-Key header. Every error is a problem (RFC 9457) with a stable code.`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This server' }],
    tags: [
      { name: 'predictions', description: 'Put tracks into segments' },
      { name: 'playlists', description: 'Lists of tracks, and what a listener likes' },
      { name: 'segments', description: 'What the segments are' },
      { name: 'models', description: 'Versions of the model, and the runs that made them' },
      { name: 'operation', description: 'Health, figures and documentation of the service' },
    ],
    paths,
    components: {
      schemas: { Problem: PROBLEM_SCHEMA },
      examples: Object.fromEntries(
        PROBLEM_CODES.map((code) => [
          code,
          { summary: PROBLEMS[code].title, value: problemExample(code, contract) },
        ]),
      ),
      headers: HEADERS,
      securitySchemes: {
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'X-API-Key',
          description: 'Made by «segue keys create»',
        },
      },
    },
  };
}

function operation(route: Route): Json {
  const { id, tag, summary, description, scope, body, answer, lines } = route;
  const parameters = parametersOf(route);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    security: scope === 'public' ? [] : [{ apiKey: [scope] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            description: `At most ${body.limitBytes} bytes of JSON.`,
            content: {
              'application/json': { schema: body.schema, examples: { example: { value: body.example } } },
              ...(lines === undefined ? {} : linesContent(lines.item, lines.example.items)),
            },
          },
        }),
    responses: {
      [answer.status ?? 200]: {
        description: answer.description,
        headers: { ...answerHeaders(route), ...contentHeaders(answer) },
        content: {
          [answer.contentType ?? 'application/json']: {
            schema: answer.schema,
            ...(answer.example === undefined ? {} : { examples: { example: { value: answer.example } } }),
          },
          ...(lines === undefined ? {} : linesContent(lines.result, lines.example.results)),
        },
      },
      ...(isData(route)
        ? { 304: { description: 'You have this answer already', headers: answerHeaders(route) } }
        : {}),
      ...problemResponses(problemsOf(route)),
      default: problemResponse('Problems that come before the operation is reached', PROTOCOL_PROBLEMS),
    },
  };
}

/** OpenAPI 3.1 has no word for a stream of values: it is text here, and `x-item-schema` describes a line (`itemSchema` of OpenAPI 3.2). */
function linesContent(item: TSchema, examples: readonly unknown[]): Record<string, Json> {
  const value = examples.map((example) => `${JSON.stringify(example)}\n`).join('');
  return {
    [NDJSON]: {
      schema: { type: 'string', description: 'One JSON value a line' },
      'x-item-schema': item,
      examples: { example: { value } },
    },
  };
}

function contentHeaders({ headers = [] }: Route['answer']): Record<string, Json> {
  return Object.fromEntries(
    headers.map(({ name, description, example }) => [
      name,
      { description, schema: { type: 'string' }, example },
    ]),
  );
}

function parametersOf(route: Route): Json[] {
  const { params = [], query } = route;
  const inPath = params.map(({ name, description, schema, example }) => {
    return { name, in: 'path', required: true, description, schema, example };
  });
  const inQuery = Object.entries((query?.properties ?? {}) as Record<string, QuerySchema>).map(
    ([name, { description, examples, ...schema }]) => ({
      name,
      in: 'query',
      required: query?.required?.includes(name) ?? false,
      description,
      schema,
      ...(examples?.[0] === undefined ? {} : { example: examples[0] }),
    }),
  );
  return [...inPath, ...inQuery, ...(isData(route) ? [IF_NONE_MATCH] : [])];
}

interface QuerySchema {
  readonly description?: string;
  readonly examples?: readonly (string | number | boolean)[];
}

/** One response per status; codes that share it are its examples. */
function problemResponses(codes: readonly ProblemCode[]): Record<number, Json> {
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))].toSorted((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const same = codes.filter((code) => PROBLEMS[code].status === status);
      return [status, problemResponse(same.map((code) => PROBLEMS[code].title).join('; or: '), same)];
    }),
  );
}

function problemResponse(description: string, codes: readonly ProblemCode[]): Json {
  return {
    description,
    headers: problemHeaders(codes),
    content: {
      [PROBLEM_JSON]: {
        schema: PROBLEM_REF,
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}
