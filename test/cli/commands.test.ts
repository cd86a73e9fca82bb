import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '#segue/core/errors.js';
import { parseGivenKeys } from '#segue/service/given-keys.js';
import { segue, segueJson } from './segue.js';

let folder: string;
let catalogue: string;
let home: readonly string[];
const track = [
  '--instrumentalness',
  '0',
  '--speechiness',
  '0.05',
  '--danceability',
  '0.6',
  '--valence',
  '0.5',
  '--tempo',
  '120',
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-cli-'));
  catalogue = join(folder, 'catalogue.csv');
  home = ['--home', join(folder, 'home')];
  await segue('generate', '--tracks', '3000', '--seed', '5', '--out', catalogue);
  await segue('run', '--source', catalogue, '--k', '4', '--starts', '2', ...home);
});

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

describe('exit status', () => {
  it.each([
    ['an unknown command', ['bogus'], "unknown command 'bogus'"],
    ['an unknown option', ['run', '--bogus'], "unknown option '--bogus'"],
    ['a value out of range', ['run', '--min-silhouette', '2'], 'at most 1'],
    ['a k that is no number', ['run', '--k', 'many'], '«auto»'],
    ['a missing source', ['run'], 'No catalogue was given'],
    ['a file that is not there', ['run', '--source', 'nowhere.csv'], 'nowhere.csv'],
    ['an unknown run', ['runs', 'show', 'nothing'], 'No run with that id'],
    ['an unknown version', ['models', 'show', 'm-000000000000'], 'No model version'],
    ['an unknown key', ['keys', 'revoke', 'aaaaaaaaaaaa'], 'No API key'],
    ['a proxy that is no address', ['serve', '--trust-proxy', '10.0.0.0/33'], '10.0.0.0/8'],
    ['a proxy that is a name', ['serve', '--trust-proxy', 'proxy'], '10.0.0.0/8'],
    ['an origin with a path', ['serve', '--cors-origin', 'https://a.example/x'], 'no origin'],
    ['TLS perhaps', ['serve', '--tls', 'perhaps'], 'yes or no'],
    ['a limit without its rate', ['keys', 'limit', 'aaaaaaaaaaaa'], 'needs its rate'],
    ['a length of time without a unit', ['keys', 'rotate', 'aaaaaaaaaaaa', '--overlap', '24'], '24h'],
    ['a tempo out of range', ['predict', ...track.slice(0, -1), '40'], 'above 40'],
    [
      'an unknown export format',
      ['export', '--format', 'pmml', '--out', 'x'],
      'Allowed choices are json, onnx, joblib',
    ],
    [
      'a rate out of range',
      ['generate', '--tracks', '1', '--out', 'x.csv', '--dirt-null', '1.5'],
      'at most 1',
    ],
  ])('is 2 for %s, with a code and no stack', async (_, argv, text) => {
    const fresh = argv[0] === 'generate' || argv[0] === 'bogus' ? [] : ['--home', join(folder, 'fresh')];
    const { exitCode, stderr } = await segue(...argv, ...fresh);
    expect(exitCode).toBe(EXIT.usage);
    expect(stderr).toMatch(/^(.*\n)*error SEGUE_[A-Z_]+: /);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(text);
    expect(stderr).toContain('mend:');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('is 3 when the gate refuses, and production stays', async () => {
    const before = await segueJson<{ version: string }>('models', 'production', ...home);
    const refused = await segue(
      'run',
      '--source',
      catalogue,
      '--k',
      '4',
      '--starts',
      '2',
      '--min-silhouette',
      '0.9',
      ...home,
    );
    expect(refused.exitCode).toBe(EXIT.refused);
    expect(refused.stdout).toContain(`${before.json.version} stays in production`);
    const after = await segueJson<{ version: string }>('models', 'production', ...home);
    expect(after.json.version).toBe(before.json.version);
  });

  it('is 0 for help and version', async () => {
    expect(await segue('--help')).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await segue('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('shows a stack with --verbose only', async () => {
    const { stderr } = await segue('run', '--source', 'nowhere.csv', '--verbose', ...home);
    expect(stderr).toMatch(/\n\s+at /);
  });
});

describe('commands', () => {
  it('run --json prints one document with counts that add up', async () => {
    interface Document {
      readonly state: string;
      readonly report: { readonly rows: { read: number; kept: number; rejected: Record<string, number> } };
    }
    const { json, exitCode } = await segueJson<Document>(
      'run',
      '--source',
      catalogue,
      '--k',
      '4',
      '--starts',
      '2',
      ...home,
    );
    expect(exitCode).toBe(EXIT.promoted);
    const { read, kept, rejected } = json.report.rows;
    expect(read).toBe(3000);
    expect(kept + Object.values(rejected).reduce((sum, rows) => sum + rows, 0)).toBe(read);
  });

  it('predict says why, in words and for machines', async () => {
    const { json } = await segueJson<{
      cluster_id: number;
      segment: { segment_id: string; name: { en: string } };
      distance: number;
      runner_up: { distance: number };
      contributions: { feature: string; contribution: number }[];
    }>('predict', ...track, ...home);
    const sum = json.contributions.reduce((total, { contribution }) => total + contribution, 0);
    expect(sum).toBe(json.runner_up.distance - json.distance);
    const { stdout } = await segue('predict', ...track, ...home);
    expect(stdout).toContain(
      `segment ${json.cluster_id} (${json.segment.name.en}), ${json.segment.segment_id}`,
    );
    for (const { feature, contribution } of json.contributions) {
      expect(stdout).toMatch(new RegExp(`${feature}\\s+\\+?${contribution.toFixed(3)}\\s+segment \\d`));
    }
    const far = await segue('predict', ...track.slice(0, -1), '9000', ...home);
    expect(far.stdout).toContain('unassigned');
    expect(far.stdout).toContain('tempo 9000 is above all training tracks');
  });

  it('models show names the permanent ids and where they come from', async () => {
    const version = (await segueJson<{ version: string }>('models', 'production', ...home)).json.version;
    const { stdout } = await segue('models', 'show', version, ...home);
    expect(stdout.match(/seg_[a-z2-7]{10} .* born/g)).toHaveLength(4);
  });

  it('predict gives what assign gives', async () => {
    const { json } = await segueJson<{ cluster_id: number; model_version: string }>(
      'predict',
      ...track,
      ...home,
    );
    const single = join(folder, 'one.csv');
    const names = track.filter((_, i) => i % 2 === 0).map((flag) => flag.slice(2));
    const values = track.filter((_, i) => i % 2 === 1);
    await writeFile(single, `id,${names.join(',')}\nx,${values.join(',')}\n`);
    const assigned = await segueJson<{ segments: number[] }>(
      'assign',
      single,
      '--out',
      join(folder, 'one.parquet'),
      ...home,
    );
    expect(assigned.json.segments[json.cluster_id]).toBe(1);
  });

  it('promote and rollback move production, by hand and with a reason', async () => {
    const first = (await segueJson<{ version: string }>('models', 'production', ...home)).json.version;
    const run = await segueJson<{ version: string }>(
      'run',
      '--source',
      catalogue,
      '--k',
      '5',
      '--starts',
      '2',
      ...home,
    );
    const second = run.json.version;
    expect(second).not.toBe(first);
    await segue('models', 'rollback', '--reason', 'too coarse', ...home);
    expect((await segueJson<{ version: string }>('models', 'production', ...home)).json.version).toBe(first);
    const back = await segueJson<object>('models', 'promote', second, ...home);
    expect(back.json).toMatchObject({ version: second, previous: first, changed: true });
    const list = await segue('models', 'list', ...home);
    expect(list.stdout).toContain(second);
    const show = await segue('models', 'show', first, ...home);
    expect(show.stdout).toContain('rolled_back');
    await segue('models', 'rollback', ...home);
  });

  it('tells what was in production at a moment', async () => {
    const long = await segueJson<null>('models', 'production', '--at', '2020-01-01', ...home);
    expect(long.json).toBeNull();
    expect((await segue('models', 'production', '--at', 'yesterday', ...home)).exitCode).toBe(EXIT.usage);
  });

  it('runs list and show tell what happened', async () => {
    const { json } = await segueJson<{ run: string }[]>('runs', 'list', ...home);
    const { stdout } = await segue('runs', 'show', json[0]!.run, ...home);
    expect(stdout).toContain('T1_Ingesta_y_Limpieza');
  });

  it('keys: the secret is printed once and stored nowhere', async () => {
    const created = await segueJson<{ key: string; id: string }>(
      'keys',
      'create',
      '--scopes',
      'predict,read',
      '--days',
      '30',
      ...home,
    );
    const secret = created.json.key.split('_').slice(2).join('_');
    expect(await readFile(join(folder, 'home', 'keys.json'), 'utf8')).not.toContain(secret);
    await segue('keys', 'revoke', created.json.id, ...home);
    const { json } = await segueJson<object[]>('keys', 'list', ...home);
    expect(json).toContainEqual(expect.objectContaining({ id: created.json.id, state: 'revoked' }));
  });

  it('keys: rotate keeps the id and shows another secret; limit sets what a key may ask for', async () => {
    interface Made {
      readonly key: string;
      readonly id: string;
      readonly limit: object | null;
      readonly earlier_until: readonly string[];
    }
    const expires = '2999-01-01T00:00:00.000Z';
    const { json: made } = await segueJson<Made>(
      'keys',
      'create',
      '--expires',
      expires,
      '--rate',
      '5',
      ...home,
    );
    expect(made).toMatchObject({ expires_at: expires, limit: { rate: 5, burst: 5 }, earlier_until: [] });
    const { json: rotated } = await segueJson<Made>('keys', 'rotate', made.id, '--overlap', '30m', ...home);
    expect(rotated).toMatchObject({ id: made.id, limit: made.limit });
    expect(rotated.key).not.toBe(made.key);
    expect(rotated.earlier_until).toHaveLength(1);
    const { json: limited } = await segueJson<Made>('keys', 'limit', made.id, '--none', ...home);
    expect(limited.limit).toBeNull();
    const { json: all } = await segueJson<object[]>('keys', 'list', ...home);
    expect(all).toContainEqual(expect.objectContaining({ id: made.id, state: 'active', last_used_at: null }));
    expect(JSON.stringify([rotated, limited, all])).not.toContain('secret_hash');
  });

  it('keys: an unstored one is printed as SEGUE_API_KEYS takes it', async () => {
    const { json: before } = await segueJson<object[]>('keys', 'list', ...home);
    const { stdout } = await segue('keys', 'create', '--unstored', '--scopes', 'read,predict', ...home);
    expect(parseGivenKeys(stdout, new Date())).toMatchObject([{ scopes: ['predict', 'read'] }]);
    expect((await segueJson<object[]>('keys', 'list', ...home)).json).toEqual(before);
    const limited = ['keys', 'create', '--unstored', '--rate', '5', ...home];
    expect((await segue(...limited)).exitCode).toBe(EXIT.usage);
  });

  it.each(['json', 'onnx', 'joblib'])('export --format %s writes a file', async (format) => {
    const out = join(folder, `model.${format}`);
    const { exitCode } = await segue('export', '--format', format, '--out', out, ...home);
    expect(exitCode).toBe(EXIT.promoted);
    expect((await readFile(out)).length).toBeGreaterThan(500);
  });

  it('task does one task after the other', async () => {
    const run = ['--run', 'by-hand', ...home];
    await segue('task', 'T1', '--source', catalogue, '--k', '4', '--starts', '2', ...run);
    for (const task of ['T2', 'T3', 'T4_Registro_Despliegue', 'T5']) {
      expect(await segue('task', task, ...run), task).toMatchObject({ exitCode: EXIT.promoted });
    }
    expect((await segue('task', 'T7', ...run)).exitCode).toBe(EXIT.usage);
  });
});
