import { PROBLEMS, type ProblemCode } from './problems.js';
import { isData, type Route } from './route.js';

/** Headers of answers, as `components` of the OpenAPI document. */
export const HEADERS = {
  'X-Request-Id': {
    description:
      'Id of the request in the log: yours, if you sent one of at most 64 letters, digits and . _ -, not beginning as a key does',
    required: true,
    schema: { type: 'string' },
  },
  'X-Model-Version': {
    description: 'Version of the model in production when the request arrived; absent while there is none',
    schema: { type: 'string' },
  },
  'RateLimit-Policy': {
    description:
      'Where the key has a rate limit: requests at once (q), and the seconds in which they come back (w)',
    schema: { type: 'string' },
    example: '"key";q=200;w=1',
  },
  RateLimit: {
    description: 'Where the key has a rate limit: requests left now (r), and the seconds until all are (t)',
    schema: { type: 'string' },
    example: '"key";r=199;t=1',
  },
  ETag: {
    description: 'Names this very answer: send it as If-None-Match next time',
    required: true,
    schema: { type: 'string' },
    example: 'W/"4pWK0zvkQ2u6nB1c8xT5dRfJhLs"',
  },
  'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer', minimum: 1 }, example: 2 },
  'WWW-Authenticate': {
    description: 'Where the key belongs',
    schema: { type: 'string' },
    example: 'ApiKey realm="segue", header="X-API-Key"',
  },
} as const;

type HeaderName = keyof typeof HEADERS;

type HeaderReferences = Readonly<Record<string, { readonly $ref: string }>>;

/** Parameter of operations whose answers have an ETag. */
export const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'ETags of the answers that you have: 304 where one of them still holds',
  schema: { type: 'string' },
  example: HEADERS.ETag.example,
};

const ALWAYS: readonly HeaderName[] = ['X-Request-Id', 'X-Model-Version'];
const OF_A_LIMIT: readonly HeaderName[] = ['RateLimit-Policy', 'RateLimit'];

/** Headers of an operation's answer, those aside that follow from its content. */
export function answerHeaders(route: Pick<Route, 'method' | 'scope'>): HeaderReferences {
  return references([
    ...ALWAYS,
    ...(route.scope === 'public' ? [] : OF_A_LIMIT),
    ...(isData(route) ? (['ETag'] as const) : []),
  ]);
}

/** Headers of an answer that may be any of these problems. */
export function problemHeaders(codes: readonly ProblemCode[]): HeaderReferences {
  const has = (status: number): boolean => codes.some((code) => PROBLEMS[code].status === status);
  return references([
    ...ALWAYS,
    ...(has(401) ? (['WWW-Authenticate'] as const) : []),
    ...(has(429) || has(503) ? (['Retry-After'] as const) : []),
    ...(has(429) ? OF_A_LIMIT : []),
  ]);
}

function references(names: readonly HeaderName[]): HeaderReferences {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
