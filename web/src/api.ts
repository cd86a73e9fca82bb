import createClient from 'openapi-fetch';
import type { paths } from '../../clients/typescript/src/schema.ts';

/** What the API answered instead of what was asked for. */
export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail?: string | undefined;
}

/** An error that says what the API answered; `code` is `unreachable` where nothing answered. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

export const client = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin' });

export type Answer<T> = Promise<{
  readonly data?: T | undefined;
  readonly error?: unknown;
  readonly response: Response;
}>;

/** The answer's data, or an ApiError. */
export async function dataOf<T>(answer: Answer<T>): Promise<T> {
  let got: Awaited<Answer<T>>;
  try {
    got = await answer;
  } catch {
    throw new ApiError({ code: 'unreachable', status: 0, title: '' });
  }
  if (got.data !== undefined) return got.data;
  const { code = 'internal_error', title = '', detail } = (got.error ?? {}) as Partial<Problem>;
  throw new ApiError({ code, status: got.response.status, title, detail });
}

type Json<Path extends keyof paths, Method extends keyof paths[Path]> = paths[Path][Method] extends {
  responses: { 200: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

export type Cluster = Json<'/v1/clusters', 'get'>['clusters'][number];
export type Drift = Json<'/v1/drift', 'get'>;
export type History = Json<'/v1/history', 'get'>;
export type JudgedVersion = History['versions'][number];
export type Session = Json<'/v1/session', 'get'>;
export type Run = Json<'/v1/runs', 'get'>['runs'][number];
export type Compositions = Json<'/v1/composition', 'get'>;
export type Composition = Compositions['segments'][number];
export type Playlist = Json<'/v1/playlists', 'post'>;

/** `decision.json`. */
export type { Decision } from '../../dist/gate/decision.js';
/** `model.json`, as far as pages look into it. */
export type { Model } from '../../dist/models/format.js';
