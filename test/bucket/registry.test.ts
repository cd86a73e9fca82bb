import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBucket } from '#segue/bucket/bucket.js';
import { type Home, homeAt } from '#segue/core/home.js';
import { loadModel } from '#segue/models/files.js';
import { ledgerOf } from '#segue/models/ledger-of.js';
import { productionVersion, promote, register, rollback } from '#segue/models/registry.js';
import { listVersions } from '#segue/models/versions.js';
import { prune } from '#segue/pipeline/prune.js';
import { startChild } from '../core/children.js';
import { tempFolder } from '../core/temp.js';
import { actor, homeWith } from '../models/home.js';
import { type Space, type Store, startStore } from './store.js';

const CHANGES = new URL('../models/registry-child.mjs', import.meta.url);

/** Promotions and rollbacks of four homes, at once. */
const OPERATIONS = Number(process.env['SEGUE_OPERATIONS'] ?? 200);

let store: Store;

beforeAll(async () => {
  store = await startStore();
});

afterAll(() => store.close());

const sharing = (home: Home, { registry }: Space): Home => homeAt(home.root, registry);

const emptyHome = async ({ registry }: Space): Promise<Home> => homeAt(await tempFolder(), registry);

const forget = async ({ registry }: Space, keys: readonly string[]): Promise<void> => {
  const bucket = await openBucket(registry);
  for (const key of keys) await bucket.remove(key);
};

describe('homes that share a bucket', () => {
  it('see one ledger, and bring versions that they don’t have', async () => {
    const space = store.space();
    const { home, names } = await homeWith(2);
    const a = sharing(home, space);
    const b = await emptyHome(space);
    await promote(a, names[0]!, actor());
    await register(a, names[1]!, actor());
    expect(await productionVersion(b)).toBe(names[0]);
    expect((await loadModel(b, names[0]!)).version).toBe(names[0]);
    expect(await promote(b, names[1]!, actor())).toEqual({
      version: names[1],
      previous: names[0],
      changed: true,
    });
    expect(await rollback(a, actor())).toMatchObject({ version: names[0], previous: names[1] });
    expect(await ledgerOf(b)).toEqual(await ledgerOf(a));
    expect(await readFile(b.ledger, 'utf8')).toBe(await readFile(a.ledger, 'utf8'));
    expect(await readdir(space.file('ledger'))).toHaveLength(5);
    const listed = await listVersions(b);
    expect(listed.map(({ version, state, content }) => [version, state, 'error' in content])).toEqual([
      [names[1], 'archived', false],
      [names[0], 'production', false],
    ]);
  });

  it('change it at once from four processes: every change is in one chain, in the order of each', async () => {
    const space = store.space();
    const { home, names } = await homeWith(3);
    for (const name of names) await register(sharing(home, space), name, actor());
    process.env['SEGUE_REGISTRY'] = space.registry;
    const rounds = String(Math.round(OPERATIONS / 4));
    const children = await Promise.all(
      [1, 2, 3, 4].map(async (seed) =>
        startChild(CHANGES, ['change', await tempFolder(), `${seed}`, rounds, ...names]),
      ),
    );
    const told = await Promise.all(children.map((child) => child.finish()));
    const fresh = await emptyHome(space);
    const entries = await ledgerOf(fresh); // checks the chain
    const changes = entries.filter(({ event }) => event !== 'registered');
    told.forEach((versions, i) => {
      const own = changes.filter(({ actor: name }) => name === `child ${i + 1}`);
      expect(own.map(({ version }) => version)).toEqual(versions);
    });
    expect(changes.every(({ version, previous }) => version !== previous)).toBe(true);
    expect(changes.length).toBeGreaterThan(OPERATIONS / 3);
    expect(await productionVersion(fresh)).toBe(changes.at(-1)?.version);
  });

  it('prune it: files go from the bucket and from the home that prunes', async () => {
    const space = store.space();
    const { home, names } = await homeWith(4);
    const shared = sharing(home, space);
    for (const name of names) await promote(shared, name, actor());
    expect(await prune(shared, { versions: 2, datasets: 1 }, actor())).toMatchObject({
      versions: names.slice(0, 2),
    });
    expect((await readdir(space.file('models'))).toSorted()).toEqual(names.slice(2).toSorted());
    const fresh = await emptyHome(space);
    await expect(promote(fresh, names[0]!, actor())).rejects.toThrow('removed by «segue prune»');
    expect(await rollback(fresh, actor())).toMatchObject({ version: names[2] });
  });

  it('die by SIGKILL while they write: what they were told is written stays, and the next one goes on', async () => {
    const space = store.space();
    const { home, names } = await homeWith(1);
    process.env['SEGUE_REGISTRY'] = space.registry;
    const children = await Promise.all(
      [1, 2, 3].map(async (seed) =>
        startChild(CHANGES, ['append', await tempFolder(), `${seed}`, '1000', ...names]),
      ),
    );
    const told = await Promise.all(
      children.map(async (child, i) => {
        const lines: string[] = [];
        while (lines.length < 2 + 3 * i) lines.push(await child.nextLine());
        await child.kill();
        return lines.map(Number);
      }),
    );
    const shared = sharing(home, space);
    expect(await promote(shared, names[0]!, actor())).toMatchObject({ changed: true });
    const entries = await ledgerOf(shared);
    expect(told.flat().every((seq) => entries[seq - 1]?.actor === 'x'.repeat(20_000))).toBe(true);
  });
});

describe('a home that had a ledger of its own', () => {
  it('gives it to an empty bucket, versions included', async () => {
    const space = store.space();
    const { home, names } = await homeWith(2);
    await promote(home, names[0]!, actor());
    await promote(sharing(home, space), names[1]!, actor());
    const b = await emptyHome(space);
    expect(await productionVersion(b)).toBe(names[1]);
    expect(await rollback(b, actor())).toMatchObject({ version: names[0] });
  });

  it('is refused by a bucket with another history, and by one that lost entries', async () => {
    const space = store.space();
    const { home, names } = await homeWith(2);
    const shared = sharing(home, space);
    await promote(shared, names[0]!, actor());

    const other = await homeWith(2);
    await promote(other.home, other.names[1]!, actor());
    const before = await readFile(other.home.ledger, 'utf8');
    await expect(productionVersion(sharing(other.home, space))).rejects.toMatchObject({
      code: 'SEGUE_REGISTRY_DIFFERS',
    });
    expect(await readFile(other.home.ledger, 'utf8')).toBe(before);

    await forget(space, ['ledger/0000000002.json']);
    const again = new URL('production-child.mjs', import.meta.url); // a process compares once
    expect(await startChild(again, [home.root, space.registry]).finish()).toEqual(['SEGUE_REGISTRY_DIFFERS']);
  });
});

describe('what is wrong in the bucket', () => {
  it('a damaged file is not brought into a home', async () => {
    const space = store.space();
    const { home, names } = await homeWith(1);
    await promote(sharing(home, space), names[0]!, actor());
    await appendFile(space.file(`models/${names[0]}/metrics.json`), ' ');
    const b = await emptyHome(space);
    await expect(loadModel(b, names[0]!)).rejects.toMatchObject({ code: 'SEGUE_MODEL_CORRUPT' });
    await expect(loadModel(homeAt(b.root), names[0]!)).rejects.toMatchObject({
      code: 'SEGUE_MODEL_NOT_FOUND',
    });
  });

  it('a version that was sent in part is sent to the end', async () => {
    const space = store.space();
    const { home, names } = await homeWith(1);
    const shared = sharing(home, space);
    await register(shared, names[0]!, actor());
    const lost = ['profile.json', 'checksums.json'].map((name) => `models/${names[0]}/${name}`);
    await forget(space, [...lost, 'ledger/0000000001.json']);
    await rm(home.ledger);
    await expect(loadModel(await emptyHome(space), names[0]!)).rejects.toMatchObject({
      code: 'SEGUE_MODEL_NOT_FOUND',
    });
    await promote(shared, names[0]!, actor());
    expect((await loadModel(await emptyHome(space), names[0]!)).version).toBe(names[0]);
  });

  it('another file under the name of a version is never written over, nor registered', async () => {
    const space = store.space();
    const { home, names } = await homeWith(1);
    const shared = sharing(home, space);
    await register(shared, names[0]!, actor());
    await writeFile(space.file(`models/${names[0]}/metrics.json`), '{}');
    await forget(space, ['ledger/0000000001.json']);
    await rm(home.ledger);
    await expect(register(shared, names[0]!, actor())).rejects.toMatchObject({ code: 'SEGUE_MODEL_CORRUPT' });
    expect(await readFile(space.file(`models/${names[0]}/metrics.json`), 'utf8')).toBe('{}');
    expect(await ledgerOf(shared)).toEqual([]);
  });

  it('an entry that was changed is refused', async () => {
    const space = store.space();
    const { home, names } = await homeWith(1);
    await promote(sharing(home, space), names[0]!, actor());
    const entry = space.file('ledger/0000000002.json');
    await writeFile(entry, (await readFile(entry, 'utf8')).replace('ana', 'eve'));
    await expect(productionVersion(await emptyHome(space))).rejects.toMatchObject({
      code: 'SEGUE_LEDGER_CORRUPT',
    });
  });

  it('a bucket that isn’t there, or doesn’t answer, is a clear error; nothing is written here', async () => {
    const space = store.space();
    const { home, names } = await homeWith(1);
    const elsewhere = homeAt(home.root, 's3://no-such-bucket');
    const error = { code: 'SEGUE_REGISTRY_UNREACHABLE' };
    await expect(promote(elsewhere, names[0]!, actor())).rejects.toMatchObject(error);
    await store.stop();
    await expect(promote(sharing(home, space), names[0]!, actor())).rejects.toMatchObject(error);
    await store.start();
    expect(await ledgerOf(home)).toEqual([]);
    expect(await promote(sharing(home, space), names[0]!, actor())).toMatchObject({ changed: true });
  });
});
