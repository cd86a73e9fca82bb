import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { programOf } from './tools.js';

const RELEASED = fileURLToPath(new URL('../../docs/openapi.released.json', import.meta.url));
const CURRENT = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));

interface Outcome {
  /** 0: nothing breaks; 1: something does. */
  readonly exitCode: number | string | null | undefined;
  readonly printed: string;
}

/** What oasdiff says of changes that may break a client, warnings included. */
async function breaking(base: string, revision: string): Promise<Outcome> {
  const rules = ['breaking', base, revision, '--fail-on', 'WARN', '--color', 'never'];
  return new Promise((resolve) => {
    execFile(programOf('oasdiff'), rules, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : error.code, printed: stdout + stderr });
    });
  });
}

interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: { readonly Problem: Schema } };
}

interface Operation {
  parameters?: { name: string; in: string; required: boolean; schema: Schema }[];
  readonly requestBody: { readonly content: Record<string, { readonly schema: Schema }> };
  readonly responses: Record<string, { readonly content: Record<string, { readonly schema: Schema }> }>;
}

interface Schema {
  type?: string;
  maximum?: number;
  required?: string[];
  properties: Record<string, Schema>;
  readonly 'x-extensible-enum'?: string[];
}

const JSON_TYPE = 'application/json';

/** The released document with a change. */
async function changed(change: (document: Document) => void): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-breaking-'));
  onTestFinished(() => rm(folder, { recursive: true, maxRetries: 5 }));
  const document = JSON.parse(await readFile(RELEASED, 'utf8')) as Document;
  change(document);
  const path = join(folder, 'openapi.json');
  await writeFile(path, JSON.stringify(document));
  return path;
}

const runs = ({ paths }: Document): Operation => paths['/v1/runs']!['get']!;
const runsAnswer = (document: Document): Schema =>
  runs(document).responses['200']!.content[JSON_TYPE]!.schema;
const track = ({ paths }: Document): Schema =>
  paths['/v1/predict/cluster']!['post']!.requestBody.content[JSON_TYPE]!.schema;
const parameter = (required: boolean) => ({ name: 'mood', in: 'query', required, schema: text() });
const text = (): Schema => ({ type: 'string', properties: {} });

describe('the API', () => {
  it('keeps what was released: docs/openapi.json breaks nothing of docs/openapi.released.json', async () => {
    expect(await breaking(RELEASED, CURRENT)).toMatchObject({ exitCode: 0 });
  });
});

describe('the gate', () => {
  it.each<[string, string, (document: Document) => void]>([
    [
      'an operation that goes',
      'api-path-removed-without-deprecation',
      ({ paths }) => void delete paths['/v1/runs/{run}'],
    ],
    [
      'a member of an answer that goes',
      'response-required-property-removed',
      (document) => {
        const answer = runsAnswer(document);
        delete answer.properties['next'];
        answer.required = answer.required!.filter((name) => name !== 'next');
      },
    ],
    [
      'a member of an answer of another type',
      'response-property-type-changed',
      (document) => void (runsAnswer(document).properties['runs'] = text()),
    ],
    [
      'a parameter that is required',
      'new-required-request-parameter',
      (document) => void runs(document).parameters!.push(parameter(true)),
    ],
    [
      'a field that is required',
      'new-required-request-property',
      (document) => {
        track(document).properties['mood'] = text();
        track(document).required!.push('mood');
      },
    ],
    [
      'a tighter limit',
      'request-property-max-decreased',
      (document) => void (track(document).properties['danceability']!.maximum = 0.5),
    ],
  ])('refuses %s', async (_change, rule, change) => {
    const { exitCode, printed } = await breaking(RELEASED, await changed(change));
    expect(printed).toContain(`[${rule}]`);
    expect(exitCode).toBe(1);
  });

  it.each<[string, (document: Document) => void]>([
    ['an operation', ({ paths }) => void (paths['/v1/moods'] = paths['/v1/runs']!)],
    ['a member of an answer', (document) => void (runsAnswer(document).properties['mood'] = text())],
    ['an optional parameter', (document) => void runs(document).parameters!.push(parameter(false))],
    [
      'a problem code',
      ({ components }) =>
        void components.schemas.Problem.properties['code']!['x-extensible-enum']!.push('out_of_tune'),
    ],
  ])('lets %s come', async (_change, change) => {
    const outcome = await breaking(RELEASED, await changed(change));
    expect(outcome).toMatchObject({ exitCode: 0 });
  });
});
