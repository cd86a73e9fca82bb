import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedHome, serveHome } from '../../load/serve.js';
import { type Counts, readReport } from './schemathesis-report.js';
import { programOf } from './tools.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the issue asks for. */
const LEAST_REQUESTS = 10_000;

let served: ServedHome;
let folder: string;
let exitCode: number;
let summary: string;
let counts: Counts;

beforeAll(async () => {
  served = await serveHome({ SEGUE_TRUST_PROXY: '127.0.0.1' });
  const listed = await fetch(`${served.url}/v1/clusters`, { headers: { 'x-api-key': served.key } });
  const { clusters } = (await listed.json()) as { clusters: { segment_id: string }[] };
  folder = await mkdtemp(join(tmpdir(), 'segue-schemathesis-'));
  const report = join(folder, 'report.ndjson');
  const config = ['--config-file', 'test/contract/schemathesis.toml'];
  const output = ['--no-color', '--report-ndjson-path', report];
  const child = spawn(
    programOf('schemathesis'),
    [...config, 'run', `${served.url}/openapi.json`, ...output],
    {
      cwd: ROOT,
      env: { ...process.env, SEGUE_KEY: served.key, SEGUE_SEGMENT: clusters[0]!.segment_id },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number]>]);
  summary = printed;
  exitCode = code;
  counts = await readReport(report);
}, 900_000);

afterAll(async () => {
  await served.stop();
  await rm(folder, { recursive: true, maxRetries: 5 });
});

describe('schemathesis, all checks, against the running server', () => {
  it('finds nothing', () => {
    expect(counts.failures).toEqual([]);
    expect(exitCode, summary).toBe(0);
  });

  it(`sends at least ${LEAST_REQUESTS} requests, to every operation, and each is answered without a 5xx`, async () => {
    expect(counts.requests).toBeGreaterThanOrEqual(LEAST_REQUESTS);
    expect([...counts.statuses.keys()].filter((status) => status === 0 || status >= 500)).toEqual([]);
    const response = await fetch(`${served.url}/openapi.json`);
    const { paths } = (await response.json()) as { paths: Record<string, Record<string, unknown>> };
    const operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations.filter((operation) => !counts.operations.has(operation))).toEqual([]);
  });

  it('reaches good answers and refusals alike, and makes the checks that the service has to do with', () => {
    expect([...counts.statuses.keys()]).toEqual(expect.arrayContaining([200, 401, 404, 405, 422]));
    expect([...counts.checks.keys()]).toEqual(
      expect.arrayContaining([
        'not_a_server_error',
        'status_code_conformance',
        'content_type_conformance',
        'response_headers_conformance',
        'response_schema_conformance',
        'negative_data_rejection',
        'positive_data_acceptance',
        'unsupported_method',
        'ignored_auth',
      ]),
    );
  });

  it('leaves the server fit to serve', async () => {
    expect((await fetch(`${served.url}/readyz`)).status).toBe(200);
  });
});
