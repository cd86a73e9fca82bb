import { mkdir } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { expect, onTestFinished } from 'vitest';
import { writeJson } from '#segue/core/files.js';
import type { Home } from '#segue/core/home.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { explain } from '#segue/models/explain.js';
import { writeModelVersion } from '#segue/models/files.js';
import type { Model } from '#segue/models/format.js';
import { compile, predictOne } from '#segue/models/predict.js';
import { promote } from '#segue/models/registry.js';
import { prometheusObserver } from '#segue/monitoring/metrics.js';
import { DEFAULT_OPTIONS } from '#segue/pipeline/options.js';
import { loadRecord, newRecord, saveRecord } from '#segue/pipeline/run-record.js';
import type { Catalogue } from '#segue/playlists/catalogue.js';
import { assembleService } from '#segue/service/assemble.js';
import { createKey } from '#segue/service/key-file.js';
import { SCOPES, type Scope } from '#segue/service/keys.js';
import { createLogger } from '#segue/service/log.js';
import type { Observer } from '#segue/service/observer.js';
import type { RoundGate } from '#segue/service/round-gate.js';
import type { SecuritySettings } from '#segue/service/security.js';
import type { Profile } from '#segue/training/profile.js';
import { exampleModel } from '../models/example.js';
import { type CatalogueTrack, writeTracks } from '../playlists/index-of.js';
import { NOW, temporaryHome } from './temp.js';

/** A track that keeps every rule. */
export const TRACK: Readonly<Record<string, number>> = Object.fromEntries(
  SPOTIFY_FEATURES.features.map(({ name, example }) => [name, example]),
);

/** An observer that keeps figures, and does what the test adds. */
export function observerWith(extra: Partial<Observer> = {}): Observer {
  return { ...prometheusObserver({ now: () => NOW }), ...extra };
}

/** Writes a version as T2 leaves it, and puts it into production. With a run, that run's dataset is its catalogue. */
export async function publish(home: Home, model: Model, run: string | null = null): Promise<void> {
  const split = { rows: 400, wcss: 812.5, silhouette_euclidean: 0.24 };
  await writeModelVersion(home, {
    model,
    metrics: { version: model.version, k: model.training.k, train: split, test: split, segments: [] },
    profile: exampleProfile(model),
  });
  await promote(home, model.version, { run, actor: 'ana', now: () => NOW });
}

export function exampleProfile({ segments, contract }: Model): Profile {
  const track = { track_id: 'a', artist_name: null, track_name: 'Song', genre: null, popularity: 7 };
  return {
    catalogue: { rows: 400, features: [] },
    segments: segments.map(({ cluster_id, name, rows, share }) => ({
      cluster_id,
      name,
      rows: { train: rows, test: 25 },
      share: { train: share, test: share },
      features: contract.features.map(({ name: feature }) => ({
        feature,
        mean: 1,
        sd: 2,
        contrast: -0.5,
        deciles: [1, 2, 3],
      })),
      exemplars: [
        { row: 3, distance: 0.5, track },
        { row: 8, distance: 0.75, track: null },
      ],
    })),
  };
}

/** Stands for any text in an expected value. */
export const SOME_TEXT: unknown = expect.any(String);

/** Stands for any number in an expected value. */
export const SOME_NUMBER: unknown = expect.any(Number);

/** Stands for any text that has this in it. */
export function textWith(part: string): unknown {
  return expect.stringContaining(part);
}

/** The full answer to a track, without the version. */
export function expectedPrediction(model: Model, values: readonly number[]) {
  const compiled = compile(model);
  const prediction = predictOne(compiled, values);
  const { cluster_id, distance, runner_up, margin } = prediction;
  const segment = (id: number) => {
    const { segment_id, name } = model.segments[id]!;
    return { segment_id, name };
  };
  return {
    cluster_id,
    segment: segment(cluster_id),
    distance,
    runner_up: runner_up && { ...runner_up, segment: segment(runner_up.cluster_id) },
    margin,
    ...explain(compiled, values, prediction),
  };
}

/** A log that is kept as text. */
export function keptLog() {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { logger: createLogger({ level: 'trace', destination }), text: () => lines.join('') };
}

export interface World {
  readonly home: Home;
  readonly app: FastifyInstance;
  readonly catalogue: Catalogue;
  readonly refresh: () => Promise<void>;
  /** One key for each scope. */
  readonly keys: Readonly<Record<Scope, string>>;
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

export interface WorldOptions {
  readonly model?: Model | null;
  /** In production before it. */
  readonly earlier?: Model;
  readonly observer?: Observer;
  readonly security?: SecuritySettings;
  readonly gate?: RoundGate;
  /** A clock that never goes back; it stands still unless given. */
  readonly ticks?: () => number;
  /** The catalogue behind the model; none unless given. It is ready when the world is. */
  readonly tracks?: readonly CatalogueTrack[];
  /** Whether a run may be begun: RUN then stands for it. */
  readonly begins?: boolean;
}

/** The run whose dataset a world's catalogue is. */
export const RUN = 'run-1';

/** Writes the dataset of a run, as T1 leaves it. */
export async function writeDataset(
  home: Home,
  run: string,
  tracks: readonly CatalogueTrack[],
): Promise<void> {
  const dataset = home.dataset(run);
  await mkdir(dataset.folder, { recursive: true });
  await writeTracks(dataset, tracks, Math.ceil(0.8 * tracks.length));
}

/** A service on a home of its own: a model, a key for each scope, the clock at NOW; it follows the files only when told to. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { model = exampleModel(), security = {}, ticks = () => 0, tracks } = options;
  const { home, remove } = await temporaryHome();
  const observer = options.observer ?? prometheusObserver({ home, now: () => NOW });
  if (tracks !== undefined) await writeDataset(home, RUN, tracks);
  if (options.earlier !== undefined) await publish(home, options.earlier);
  if (model !== null) await publish(home, model, tracks === undefined ? null : RUN);
  const keys: Partial<Record<Scope, string>> = {};
  for (const scope of SCOPES) {
    keys[scope] = (await createKey(home, { label: scope, scopes: [scope] }, NOW)).key;
  }
  const { logger, text } = keptLog();
  const { app, catalogue, refresh } = await assembleService({
    home,
    observer,
    logger,
    now: () => NOW,
    ticks,
    security,
    watch: () => () => {},
    ...(options.begins === true ? { startRun: async () => loadRecord(home, RUN) } : {}),
    gate: options.gate ?? { admits: () => true }, // what is injected comes in one round of the event loop
  });
  await app.ready();
  if (model !== null && tracks !== undefined) await catalogue.follow(model.version);
  const close = async (): Promise<void> => {
    await app.close();
    await remove();
  };
  return { home, app, catalogue, refresh, keys: keys as Record<Scope, string>, log: text, close };
}

/** As openWorld, closed when the test is over. */
export async function worldOfTest(options: WorldOptions = {}): Promise<World> {
  const world = await openWorld(options);
  onTestFinished(world.close);
  return world;
}

/** Writes the record of a run, as T1 begins it. */
export async function writeRun(home: Home, run: string, now = NOW): Promise<void> {
  await saveRecord(home, newRecord(run, { ...DEFAULT_OPTIONS, source: '/catalogue.csv' }, 'f', now));
}

/** Writes what the gate decided on a run. */
export async function writeDecision(home: Home, run: string, version: string): Promise<void> {
  const decision = {
    run,
    decided_at: NOW.toISOString(),
    version,
    production: null,
    verdict: 'accepted',
    rules: [],
  };
  await writeJson(home.run(run).decision, decision);
}

/** The OpenAPI document, as far as tests look into it. */
export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, { readonly properties: Readonly<Record<string, object>> }>>;
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
  };
}

interface Media {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown; readonly $ref?: string }>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly Readonly<Record<string, readonly Scope[]>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query';
    readonly required?: boolean;
    readonly example: string | number;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

export interface ListedOperation extends Operation {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Scope that it needs; undefined for public ones. */
  readonly scope: Scope | undefined;
}

export async function documentOf(app: FastifyInstance): Promise<Document> {
  return (await app.inject('/openapi.json')).json<Document>();
}

export function operationsOf({ paths }: Document): readonly ListedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      ...operation,
      path,
      method: method.toUpperCase() as 'GET' | 'POST',
      scope: operation.security[0]?.['apiKey']?.[0],
    })),
  );
}

/** Sends the documented example of an operation; `values` replaces examples of its parameters. */
export function callExample(
  { app }: Pick<World, 'app'>,
  { method, path, parameters = [], requestBody }: ListedOperation,
  key: string | undefined,
  values: Readonly<Record<string, string>> = {},
) {
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    return values[name] ?? String(parameters.find((parameter) => parameter.name === name)?.example);
  });
  const needed = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const query = Object.fromEntries(needed.map(({ name, example }) => [name, String(example)]));
  const body = requestBody?.content['application/json']?.examples?.['example']?.value;
  return app.inject({
    method,
    url,
    query,
    headers: key === undefined ? {} : { 'x-api-key': key },
    ...(body === undefined ? {} : { payload: body as object }),
  });
}
