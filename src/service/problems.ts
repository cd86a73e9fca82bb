/**
 * Every problem that the API answers (RFC 9457). Codes are stable: clients may match them. `docs/api-errors.md` and the OpenAPI
 * document list the same ones (a test compares all three).
 */
export const PROBLEMS = {
  malformed_request: {
    status: 400,
    title: 'The request is not valid HTTP',
    meaning: 'The request line, a header or the path cannot be read.',
    mend: 'Mend the client: percent-encode the path and send well-formed HTTP/1.1.',
  },
  unauthorized: {
    status: 401,
    title: 'No valid API key',
    meaning: 'The X-API-Key header is missing, or its key is unknown, wrong, revoked or expired.',
    mend: 'Send a key made by «segue keys create» in the X-API-Key header.',
  },
  scope_missing: {
    status: 403,
    title: 'The key may not do this',
    meaning: 'The key is valid but lacks the scope that the operation needs.',
    mend: 'Use a key that has the scope named in the answer.',
  },
  cross_site_request: {
    status: 403,
    title: 'A page of another site asks',
    meaning:
      'A signed-in page may change something only from this service itself; the browser says that another site asks.',
    mend: 'Use the dashboard at /, or send an X-API-Key header.',
  },
  route_not_found: {
    status: 404,
    title: 'No such path',
    meaning: 'The API has no operation at this path.',
    mend: 'Look the path up in /openapi.json or /docs.',
  },
  cluster_not_found: {
    status: 404,
    title: 'No such segment',
    meaning: 'The model in production has no segment with this id.',
    mend: 'List the segments by GET /v1/clusters.',
  },
  model_not_found: {
    status: 404,
    title: 'No such model version',
    meaning: 'The registry has no version with this name.',
    mend: 'List the versions by GET /v1/models.',
  },
  track_not_found: {
    status: 404,
    title: 'No such track',
    meaning:
      'The catalogue behind the model in production has no track with this id, or it is not among those held.',
    mend: 'Send another track id, or the features of the track as «target».',
  },
  decision_not_found: {
    status: 404,
    title: 'No decision of this run',
    meaning: 'The run has not come to its gate, or the home folder has lost what it decided.',
    mend: 'GET /v1/runs/{run} tells how far it came.',
  },
  run_not_found: {
    status: 404,
    title: 'No such run',
    meaning: 'The home folder has no run with this id.',
    mend: 'List the runs by GET /v1/runs.',
  },
  version_refused: {
    status: 409,
    title: 'The gate refused this version',
    meaning: 'A refused version goes into production only on a named person’s word, with a reason.',
    mend: 'Send «override_by» with the person’s name, and «reason».',
  },
  nothing_earlier: {
    status: 409,
    title: 'Nothing to roll back to',
    meaning: 'No version was in production before the present one.',
    mend: 'Promote a version: GET /v1/models lists them.',
  },
  run_in_progress: {
    status: 409,
    title: 'A run is under way',
    meaning: 'One process at a time works on a home folder, and one does.',
    mend: 'Wait until it has ended: GET /v1/runs shows it.',
  },
  no_source: {
    status: 409,
    title: 'The service has no catalogue to train on',
    meaning: 'It was not started with a source, so it cannot begin a run.',
    mend: 'Start it by «segue up --source», or begin the run by «segue run».',
  },
  page_not_found: {
    status: 404,
    title: 'No such page',
    meaning:
      'The cursor is not one of this list, or the model that its list was of is not in production any more.',
    mend: 'Begin again without a cursor; take cursors from «next» only.',
  },
  problem_not_found: {
    status: 404,
    title: 'No such problem code',
    meaning: 'The API has no problem with this code.',
    mend: 'Read the code out of the «code» member of a problem.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The path exists, but not for this method',
    meaning: 'The Allow header lists the methods that the path answers.',
    mend: 'Use one of the methods in the Allow header.',
  },
  request_timeout: {
    status: 408,
    title: 'The request took too long to arrive',
    meaning: 'Headers or body were not complete within the time limit.',
    mend: 'Send the request again, in one piece.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is larger than the limit',
    meaning:
      'The body, or a line of a stream, has more bytes than the operation accepts; the answer names the limit.',
    mend: 'Send fewer items in one request.',
  },
  not_json: {
    status: 422,
    title: 'The body is not JSON',
    meaning:
      'The body is empty, is not valid JSON in UTF-8, or its Content-Type is not one that the operation takes.',
    mend: 'Send one JSON object with «Content-Type: application/json».',
  },
  invalid_request: {
    status: 422,
    title: 'The request breaks the rules of its schema',
    meaning:
      'Fields or query parameters are missing, unknown, repeated, of the wrong type or out of range; «errors» names each one, its rule and its limit.',
    mend: 'Mend what «errors» lists.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    meaning: 'The key has used up its rate, or the address has sent too many requests without a valid key.',
    mend: 'Wait as many seconds as Retry-After says; spread requests, or send tracks in batches.',
  },
  headers_too_large: {
    status: 431,
    title: 'The headers are larger than the limit',
    meaning: 'Request line and headers together have more bytes than the server accepts.',
    mend: 'Send fewer or shorter headers.',
  },
  internal_error: {
    status: 500,
    title: 'A fault of the service',
    meaning: 'Something failed inside; it is in the log under the request id.',
    mend: 'Try again later; if it persists, report the request id.',
  },
  no_model: {
    status: 500,
    title: 'No model is in production',
    meaning: 'The service runs, but it has no model to answer with.',
    mend: 'Run the pipeline, or promote a version by «segue models promote».',
  },
  overloaded: {
    status: 503,
    title: 'The service is overloaded',
    meaning:
      'More requests come in than can be answered in time; this one was refused so that the others are answered fast.',
    mend: 'Wait as many seconds as Retry-After says, with some chance added; send tracks in batches, or add processes.',
  },
  not_ready: {
    status: 503,
    title: 'The service is not ready',
    meaning:
      'A model in production or an active API key is missing, which «missing» names, or the service is being stopped.',
    mend: 'Promote a model and create a key; the service notices both by itself. Send to another one that is ready.',
  },
  catalogue_loading: {
    status: 503,
    title: 'The catalogue is being loaded',
    meaning:
      'The tracks behind the model in production are being made ready; this takes seconds after a promotion.',
    mend: 'Try again after the seconds that Retry-After says; /readyz tells how far it is.',
  },
  no_catalogue: {
    status: 503,
    title: 'No catalogue behind the model',
    meaning:
      'The dataset that the model in production was trained on is not in the home folder, or can not be read.',
    mend: 'Restore the dataset of the run that made the model, or run the pipeline again.',
  },
} as const satisfies Record<string, ProblemKind>;

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly meaning: string;
  readonly mend: string;
}

export type ProblemCode = keyof typeof PROBLEMS;

export const PROBLEM_CODES = Object.keys(PROBLEMS) as ProblemCode[];

export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(PROBLEMS, text);
}
