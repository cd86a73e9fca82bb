import createClient, { type Client } from 'openapi-fetch';
import { linesOf, readLines } from './lines.js';
import { SegueProblem } from './problem.js';
import { retrying, type Send } from './retry.js';
import type { paths } from './schema.js';
import type {
  Batch,
  LeanPrediction,
  LineAnswer,
  Model,
  ModelSummary,
  Playlist,
  PlaylistRequest,
  Prediction,
  Profile,
  ProfileRequest,
  Readiness,
  Run,
  Segment,
  Track,
} from './types.js';

export interface SegueOptions {
  /** Where the service is, such as `https://segue.example.com`. */
  readonly url: string | URL;
  /** Its API key. Keep it out of pages: whoever reads them could use it. */
  readonly key: string;
  /** How often a request that met a limit, an overload or a broken connection is sent again; 4 unless given. */
  readonly retries?: number;
  /** For how long an answer is waited for, in milliseconds; 10,000 unless given. Streams may take any time. */
  readonly timeoutMs?: number;
  /** Sends the requests; the global `fetch` unless given. */
  readonly fetch?: Send;
}

export interface CallOptions {
  /** Ends the call. */
  readonly signal?: AbortSignal;
}

/** A page of a list, and where the next one is. */
interface PageOf<Entry> {
  readonly entries: readonly Entry[];
  readonly next: string | null;
}

/** What openapi-fetch gives. */
interface Exchange<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * A Segue service. Calls throw SegueProblem for an answer that is an error, a TypeError where there is no connection, and the signal's
 * reason, or a TimeoutError, where a call was ended.
 */
export class Segue {
  readonly #client: Client<paths>;
  readonly #send: Send;
  readonly #url: string;
  readonly #key: string;

  constructor({
    url,
    key,
    retries = 4,
    timeoutMs = 10_000,
    fetch: send = (request) => fetch(request),
  }: SegueOptions) {
    this.#url = String(url).replace(/\/+$/, '');
    this.#key = key;
    this.#send = send;
    this.#client = createClient<paths>({
      baseUrl: this.#url,
      headers: { 'x-api-key': key },
      fetch: retrying(send, { retries, timeoutMs }),
    });
  }

  /** The segment of one track, and why; with `detail: 'lean'` its number only. */
  predict(track: Track, options?: CallOptions & { readonly detail?: 'full' }): Promise<Prediction>;
  predict(track: Track, options: CallOptions & { readonly detail: 'lean' }): Promise<LeanPrediction>;
  async predict(
    track: Track,
    { detail = 'full', ...options }: CallOptions & { readonly detail?: 'full' | 'lean' } = {},
  ): Promise<Prediction | LeanPrediction> {
    const query = { detail };
    return dataOf(
      await this.#client.POST('/v1/predict/cluster', { ...options, params: { query }, body: track }),
    );
  }

  /** The segments of up to 100,000 tracks in one exchange. A bad track doesn't stop the others: its result is a problem. */
  async predictMany(tracks: readonly Track[], options: CallOptions = {}): Promise<Batch> {
    const body = { items: [...tracks] };
    const batch = dataOf(await this.#client.POST('/v1/predict/clusters', { ...options, body }));
    return batch as Batch; // lines are answered to lines only
  }

  /**
   * The segments of any number of tracks, in their order, all by one model version, while they are still being sent: neither side holds more
   * than a few hundred of them. Needs a `fetch` that reads while it sends, as Node's, Deno's and Bun's do and browsers' don't. A stream that
   * breaks is not sent again.
   */
  async *predictStream(
    tracks: Iterable<Track> | AsyncIterable<Track>,
    { signal }: CallOptions = {},
  ): AsyncGenerator<LineAnswer, void, void> {
    const stop = new AbortController();
    const ended = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    const init: RequestInit & { readonly duplex: 'half' } = {
      method: 'POST',
      headers: { 'x-api-key': this.#key, 'content-type': 'application/x-ndjson' },
      body: linesOf(tracks, ended),
      duplex: 'half',
      signal: ended,
    };
    try {
      const response = await this.#send(new Request(`${this.#url}/v1/predict/clusters`, init));
      if (!response.ok) throw new SegueProblem(response, await jsonOf(response));
      if (response.body !== null) yield* readLines<LineAnswer>(response.body);
    } finally {
      stop.abort();
    }
  }

  /** A list of tracks from a segment, a track or wanted features. */
  async playlist(request: PlaylistRequest, options: CallOptions = {}): Promise<Playlist> {
    return dataOf(await this.#client.POST('/v1/playlists', { ...options, body: request }));
  }

  /** What a listener likes, and tracks to suggest. */
  async profile(request: ProfileRequest, options: CallOptions = {}): Promise<Profile> {
    return dataOf(await this.#client.POST('/v1/profiles', { ...options, body: request }));
  }

  /** Every segment of the model in production, the largest first. */
  segments(options: CallOptions = {}): AsyncGenerator<Segment, void, void> {
    return entriesOf(async (query) => {
      const { clusters, next } = dataOf(
        await this.#client.GET('/v1/clusters', { ...options, params: { query } }),
      );
      return { entries: clusters, next };
    });
  }

  /** One segment. @param id its `segment_id`, or its number in the model in production */
  async segment(id: string | number, options: CallOptions = {}): Promise<Segment> {
    const path = { cluster_id: String(id) as never };
    const { cluster } = dataOf(
      await this.#client.GET('/v1/clusters/{cluster_id}', { ...options, params: { path } }),
    );
    return cluster;
  }

  /** Every version of the model, the newest first. */
  models(options: CallOptions = {}): AsyncGenerator<ModelSummary, void, void> {
    return entriesOf(async (query) => {
      const { models, next } = dataOf(
        await this.#client.GET('/v1/models', { ...options, params: { query } }),
      );
      return { entries: models, next };
    });
  }

  /** One version with its metrics and history. */
  async model(version: string, options: CallOptions = {}): Promise<Model> {
    const params = { path: { version } };
    return dataOf(await this.#client.GET('/v1/models/{version}', { ...options, params }));
  }

  /** Every run of the pipeline, the newest first. */
  runs(options: CallOptions = {}): AsyncGenerator<Run, void, void> {
    return entriesOf(async (query) => {
      const { runs, next } = dataOf(await this.#client.GET('/v1/runs', { ...options, params: { query } }));
      return { entries: runs, next };
    });
  }

  /** One run with its tasks. */
  async run(id: string, options: CallOptions = {}): Promise<Run> {
    return dataOf(await this.#client.GET('/v1/runs/{run}', { ...options, params: { path: { run: id } } }));
  }

  /** Whether predictions and playlists can be had. */
  async ready(options: CallOptions = {}): Promise<Readiness> {
    return dataOf(await this.#client.GET('/readyz', { ...options }));
  }
}

function dataOf<Data>({ data, error, response }: Exchange<Data>): Data {
  if (!response.ok || data === undefined) throw new SegueProblem(response, error);
  return data;
}

async function* entriesOf<Entry>(
  pageAfter: (query: { cursor?: string }) => Promise<PageOf<Entry>>,
): AsyncGenerator<Entry, void, void> {
  let query: { cursor?: string } | undefined = {};
  while (query !== undefined) {
    const { entries, next }: PageOf<Entry> = await pageAfter(query);
    yield* entries;
    const cursor = next === null ? null : new URL(next, 'http://segue').searchParams.get('cursor');
    query = cursor === null ? undefined : { cursor };
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
