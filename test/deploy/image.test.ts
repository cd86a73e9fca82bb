import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import { buildImage, type Image } from '../../deploy/image/build.js';
import { freePort } from '../core/free-port.js';
import { TRACK } from '../service/world.js';
import { sandboxOf, volume } from './contained.js';
import { readYaml } from './files.js';
import { run } from './run.js';

/** Bytes that the image may have, with a third of it Debian and a third Node. */
const MOST_BYTES = 350e6;

const LABELS = { VERSION: '0.1.0', REVISION: 'the-commit', CREATED: '2026-11-29T10:00:00Z' };

const PATIENCE = { timeout: 60_000, interval: 50 };

let api: Image;
let worker: Image;

beforeAll(() => {
  worker = buildImage('worker', LABELS);
  api = buildImage('api', LABELS);
});

it('says who made it of what, runs as a user without a name, and is small', () => {
  for (const image of [api, worker]) {
    expect(image).toMatchObject({ user: '10001:10001', entrypoint: ['segue'], folder: '/var/lib/segue' });
    expect(image.labels).toMatchObject({
      'org.opencontainers.image.title': 'Segue',
      'org.opencontainers.image.licenses': 'Apache-2.0',
      'org.opencontainers.image.version': '0.1.0',
      'org.opencontainers.image.revision': 'the-commit',
    });
    process.stdout.write(`${image.name}: ${Math.round(image.bytes / 1e6)} MB\n`);
    expect(image.bytes).toBeLessThan(MOST_BYTES);
  }
  expect(api.command).toEqual(['serve']);
  expect(worker.command).toEqual(['--help']);
});

it('trains and serves on a root that can only be read: an answer comes out of it, and only the home is written', async () => {
  const home = await volume();
  const training = sandboxOf(worker, home);
  const catalogue = '/var/lib/segue/catalogue.csv';
  const quick = { SEGUE_K: '4', SEGUE_STARTS: '2' };
  expect(
    await training.run(['generate', '--tracks', '3000', '--seed', '5', '--out', catalogue]),
  ).toMatchObject({ code: 0 });
  const trained = await training.run(['run', '--source', catalogue, '--json'], quick);
  expect(trained).toMatchObject({ code: 0 });
  const { version } = JSON.parse(trained.stdout) as { readonly version: string };
  const keys = (await training.run(['keys', 'create', '--unstored', '--scopes', 'predict'])).stdout.trim();
  await writeFile(join(home, 'given_keys'), keys);
  const [key] = keys.split(':');

  const serving = sandboxOf(api, home);
  const SEGUE_PORT = String(await freePort());
  const url = `http://127.0.0.1:${SEGUE_PORT}`;
  const server = serving.start(undefined, {
    ...environmentOfCompose(),
    SEGUE_API_KEYS_FILE: '/var/lib/segue/given_keys',
    SEGUE_PORT,
    SEGUE_LEAVE_TIME: '0s',
  });
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), PATIENCE);
  const answer = await fetch(`${url}/v1/predict/cluster`, {
    method: 'POST',
    headers: { 'x-api-key': key!, 'content-type': 'application/json' },
    body: JSON.stringify(TRACK),
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ model_version: version });
  expect((await fetch(url)).status).toBe(200); // the dashboard

  const [kind, ...health] = api.health;
  expect(kind).toBe('CMD');
  expect(await serving.runInstead(health, { SEGUE_PORT })).toMatchObject({ code: 0 });
  expect((await server.stop()).code).toBe(0);
  expect(await serving.runInstead(health, { SEGUE_PORT })).toMatchObject({ code: 1 });

  const written = ['catalogue.csv', 'datasets', 'ledger.jsonl', 'models', 'runs'];
  expect(await readdir(home)).toEqual(expect.arrayContaining(written));
});

/** What deploy/compose.yaml sets for a replica. */
function environmentOfCompose(): Readonly<Record<string, string>> {
  const [{ services } = {}] = readYaml<{
    readonly services: Readonly<Record<string, { readonly environment: Readonly<Record<string, string>> }>>;
  }>('compose.yaml');
  return services!['api-a']!.environment;
}

it('lets its user write to the home and to /tmp, and nowhere else', async () => {
  const { runInstead } = sandboxOf(worker, await volume());
  const look =
    'id -u; grep CapEff /proc/self/status; find / -xdev -writable -not -type l 2>/dev/null; ls -d /proc/[0-9]*';
  const { stdout } = await runInstead(['sh', '-c', look]);
  const lines = stdout.trim().split('\n');
  expect(lines.slice(0, 2)).toEqual(['10001', 'CapEff:\t0000000000000000']);
  expect(lines.filter((line) => line.startsWith('/') && !line.startsWith('/proc/'))).toEqual([
    '/tmp',
    '/var/lib/segue',
  ]);
});

it('lists what it is made of: each package that is installed, with its hash, and no other', async () => {
  const { root } = sandboxOf(worker, await volume());
  const text = await readFile(join(root, 'opt/segue/sbom.cdx.json'), 'utf8');
  const { bomFormat, components } = JSON.parse(text) as {
    readonly bomFormat: string;
    readonly components: readonly { readonly purl: string; readonly hashes: readonly object[] }[];
  };
  expect(bomFormat).toBe('CycloneDX');
  const listed = components.map(({ purl }) => decodeURIComponent(purl.replace('pkg:npm/', '')));
  expect(new Set(listed)).toEqual(new Set(await packagesIn(join(root, 'opt/segue/node_modules'))));
  expect(components.filter(({ hashes }) => hashes.length === 0)).toEqual([]);
  expect(listed.filter((name) => /^(vitest|typescript|preact|oxlint)@/.test(name))).toEqual([]);
});

/** Names and versions of the packages in a folder of modules, those of packages included. */
async function packagesIn(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  const manifests = files.filter((file) =>
    /^(.*\/node_modules\/)?(@[^/]+\/)?[^/@]+\/package\.json$/.test(file),
  );
  return Promise.all(
    manifests.map(async (file) => {
      const { name, version } = JSON.parse(await readFile(join(folder, file), 'utf8')) as Record<
        string,
        string
      >;
      return `${name}@${version}`;
    }),
  );
}

it('has no npm, and what npm pack ships without its pages', async () => {
  const { root } = sandboxOf(api, await volume());
  expect((await readdir(join(root, 'usr/local/bin'))).toSorted()).toEqual(['node', 'segue']);
  const told = run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']).stdout;
  const [{ files }] = JSON.parse(told) as [{ readonly files: readonly { readonly path: string }[] }];
  const shipped = new Set(files.map(({ path }) => path.split('/')[0]!).filter((name) => name !== 'docs'));
  const there = await readdir(join(root, 'opt/segue'));
  expect(there.toSorted()).toEqual([...shipped, 'node_modules', 'sbom.cdx.json'].toSorted());
});
