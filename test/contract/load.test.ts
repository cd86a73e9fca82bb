import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCENARIO } from '../../load/scenario.js';
import { type ServedHome, serveHome } from '../../load/serve.js';
import { programOf } from './tools.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NAMES = SCENARIO.actions.map(({ name }) => name);

let served: ServedHome;
beforeAll(async () => {
  served = await serveHome();
});
afterAll(() => served.stop());

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

function run(program: string, args: readonly string[], key = served.key): Promise<Ended> {
  return new Promise((resolve) => {
    const options = {
      cwd: ROOT,
      env: { ...process.env, SEGUE_KEY: key, SEGUE_URL: served.url },
      maxBuffer: 1e8,
    };
    const child = execFile(program, args, options, (_error, out, errors) =>
      resolve({ code: child.exitCode ?? -1, out, errors }),
    );
  });
}

const load = (args: readonly string[], key?: string): Promise<Ended> =>
  run('node_modules/.bin/tsx', ['load/run.ts', '--url', served.url, ...args], key);

describe('npm run load', () => {
  it('is answered without an error by the server under the whole scenario', async () => {
    const { out, errors } = await load(['--users', '20', '--seconds', '10', '--json']);
    const result = JSON.parse(out) as {
      errors: number;
      requests: number;
      actions: Record<string, { requests: number }>;
    };
    expect(result.errors, errors).toBe(0);
    expect(Object.keys(result.actions).toSorted()).toEqual(NAMES.toSorted());
    const sums = Object.values(result.actions).reduce((sum, { requests }) => sum + requests, 0);
    expect(sums).toBe(result.requests);
  });

  it('fails where answers are wrong', async () => {
    const { code, out } = await load(['--users', '2', '--seconds', '1', '--json'], 'not-a-key');
    expect(code).toBe(1);
    const result = JSON.parse(out) as { errors: number; requests: number; passed: boolean };
    expect(result).toMatchObject({ errors: result.requests, passed: false });
  });

  it('says how it is used', async () => {
    const { code, errors } = await load(['--users', 'many']);
    expect(code).toBe(2);
    expect(errors).toContain('--users must be a whole number above 0; it is many.');
  });
});

describe('Locust', () => {
  it('is answered without an error under the same scenario', async () => {
    const file = ['--locustfile', 'load/locust/locustfile.py', '--host', served.url];
    const users = [
      '--headless',
      '--users',
      '20',
      '--spawn-rate',
      '20',
      '--run-time',
      '15s',
      '--stop-timeout',
      '5',
    ];
    const { out, errors } = await run(programOf('locust'), [...file, ...users, '--json', '--skip-log']);
    const stats = JSON.parse(out) as { name: string; num_requests: number; num_failures: number }[];
    expect(
      stats.map(({ num_failures }) => num_failures),
      errors,
    ).toEqual(NAMES.map(() => 0));
    expect(stats.map(({ name }) => name).toSorted()).toEqual(NAMES.toSorted());
    expect(stats.every(({ num_requests }) => num_requests > 0)).toBe(true);
  });
});

describe('k6', () => {
  const k6 = (key?: string): Promise<Ended> =>
    run(
      programOf('k6'),
      ['run', '--quiet', '--vus', '20', '--duration', '8s', '--no-thresholds', 'load/k6/predict.ts'],
      key,
    );

  it('is answered without an error under the same scenario', async () => {
    const { code, out, errors } = await k6();
    expect(code, errors).toBe(0);
    expect(out).toMatch(/http_req_failed\.*: 0\.00% +0 out of \d{3,}/);
    expect(out).toMatch(/checks_succeeded\.*: 100\.00%/);
  });

  it('does not begin without a key', async () => {
    expect((await k6('')).errors).toContain('Set SEGUE_KEY');
  });
});

it('all three read the one scenario, and none says it again', async () => {
  for (const file of ['load/scenario.ts', 'load/k6/predict.ts', 'load/locust/locustfile.py']) {
    const text = await readFile(`${ROOT}/${file}`, 'utf8');
    expect(text, file).toContain('scenario.json');
    expect(text, file).not.toContain('/v1/');
    for (const feature of Object.keys(SCENARIO.features)) expect(text, file).not.toContain(feature);
  }
});
