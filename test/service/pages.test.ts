import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { pageOfVersions } from '#segue/models/versions.js';
import { exampleModel } from '../models/example.js';
import { NOW } from './temp.js';
import { publish, textWith, type World, worldOfTest, writeRun } from './world.js';

interface List {
  readonly next: string | null;
  readonly [entries: string]: unknown;
}

function get(world: World, url: string) {
  return world.app.inject({ url, headers: { 'x-api-key': world.keys.read } });
}

/** Ids on each page, from the link to the end; `between` runs after each page. */
async function pagesFrom(world: World, url: string, between = async (): Promise<void> => {}) {
  const [, list] = /\/v1\/(\w+)/.exec(url) as unknown as [string, 'clusters' | 'models' | 'runs'];
  const id = { clusters: 'cluster_id', models: 'version', runs: 'run' }[list];
  const pages: unknown[][] = [];
  for (let next: string | null = url; next !== null; ) {
    const response = await get(world, next);
    expect(response.statusCode).toBe(200);
    const page = response.json<List>();
    pages.push((page[list] as Record<string, unknown>[]).map((entry) => entry[id]));
    next = page.next;
    expect(response.headers['link']).toBe(next === null ? undefined : `<${next}>; rel="next"`);
    await between();
  }
  return pages;
}

const cursorOf = (position: unknown): string => Buffer.from(JSON.stringify(position)).toString('base64url');

describe('pages of segments', () => {
  it('come by cluster_id, each once', async () => {
    const world = await worldOfTest({ model: exampleModel({ k: 7 }) });
    expect(await pagesFrom(world, '/v1/clusters?limit=3')).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
    expect(await pagesFrom(world, '/v1/clusters?limit=7')).toEqual([[0, 1, 2, 3, 4, 5, 6]]);
  });

  it('hold 50 unless told', async () => {
    const world = await worldOfTest({ model: exampleModel({ k: 51 }) });
    expect((await pagesFrom(world, '/v1/clusters')).map((page) => page.length)).toEqual([50, 1]);
  });

  it('never mix two models: a cursor ends with its version', async () => {
    const world = await worldOfTest({ model: exampleModel({ k: 7 }) });
    const { next } = (await get(world, '/v1/clusters?limit=3')).json<List>();
    const { version } = exampleModel({ k: 7, seed: 2 });
    await publish(world.home, exampleModel({ k: 7, seed: 2 }));
    await world.refresh();
    const response = await get(world, next!);
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ code: 'page_not_found', detail: textWith(version) });
  });
});

describe('pages of models', () => {
  it('come newest first, and stay whole when versions are registered meanwhile', async () => {
    const world = await worldOfTest({ model: null });
    const models = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => exampleModel({ seed }));
    for (const model of models.slice(0, 5)) await publish(world.home, model);
    const later = models.slice(5);
    const pages = await pagesFrom(world, '/v1/models?limit=2', () => publish(world.home, later.shift()!));
    const names = models.map(({ version }) => version);
    expect(pages).toEqual([[names[4], names[3]], [names[2], names[1]], [names[0]]]);
    expect((await pagesFrom(world, '/v1/models')).flat()).toEqual(names.toReversed());
  });

  it('load the versions of their own page only', async () => {
    const { home } = await worldOfTest({ model: null });
    const models = [1, 2, 3, 4].map((seed) => exampleModel({ seed }));
    for (const model of models) await publish(home, model);
    const loaded: string[] = [];
    const load = async (version: string): Promise<string> => {
      loaded.push(version);
      return version;
    };
    const first = await pageOfVersions(home, { limit: 1, after: undefined }, load);
    const second = await pageOfVersions(home, { limit: 2, after: first.next }, load);
    expect(loaded).toEqual([3, 2, 1].map((i) => models[i]!.version));
    expect(second.next).toEqual({ version: models[1]!.version, told: true });
  });

  it('tell of a damaged version beside the others, also when it was read before', async () => {
    const model = exampleModel();
    const world = await worldOfTest({ model });
    const { models: before } = (await get(world, '/v1/models')).json<{ models: unknown[] }>();
    expect(before).toMatchObject([{ version: model.version, k: 4, damaged: null }]);
    await writeFile(world.home.model(model.version).metrics, '{}');
    const { models: after } = (await get(world, '/v1/models')).json<{ models: unknown[] }>();
    expect(after).toMatchObject([{ k: null, metrics: null, damaged: { code: 'SEGUE_MODEL_CORRUPT' } }]);
  });
});

describe('pages of runs', () => {
  it('come newest first, those of one moment by id, and stay whole when runs begin meanwhile', async () => {
    const world = await worldOfTest({ model: null });
    const at = (minute: number): Date => new Date(NOW.getTime() + 60_000 * minute);
    for (const [run, minute] of [['a', 0], ['d', 1], ['b', 1], ['c', 1], ['e', 2]] as const) // biome-ignore format: a table
      await writeRun(world.home, run, at(minute));
    let minute = 2;
    const pages = await pagesFrom(world, '/v1/runs?limit=2', () => {
      minute += 1;
      return writeRun(world.home, `later-${minute}`, at(minute));
    });
    expect(pages).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
  });

  it('read the records of their own page and of new runs only', async () => {
    const world = await worldOfTest({ model: null });
    for (const minute of [1, 2, 3])
      await writeRun(world.home, `run-${minute}`, new Date(NOW.getTime() + 60_000 * minute));
    expect(await pagesFrom(world, '/v1/runs?limit=2')).toEqual([['run-3', 'run-2'], ['run-1']]);
    await writeFile(world.home.run('run-1').record, 'never read again by the first page');
    expect((await get(world, '/v1/runs?limit=2')).statusCode).toBe(200);
  });
});

describe('a cursor', () => {
  it.each([
    ['/v1/clusters', 'AAAA'],
    ['/v1/clusters', cursorOf({ created_at: 'x', run: 'y' })],
    ['/v1/models', cursorOf({ version: '../../etc/passwd', told: true })],
    ['/v1/models', cursorOf({ version: 'm-000000000000', told: true, more: 1 })],
    ['/v1/runs', cursorOf(null)],
    ['/v1/runs', cursorOf({ created_at: 1, run: 'y' })],
  ])('that is none of %s leads nowhere', async (path, cursor) => {
    const response = await get(await worldOfTest(), `${path}?cursor=${cursor}`);
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ code: 'page_not_found', instance: path });
  });

  it.each([
    ['cursor=a.b', 'pattern'],
    ['cursor=', 'pattern'],
    [`cursor=${'a'.repeat(1025)}`, 'maxLength'],
    ['limit=0', 'minimum'],
    ['limit=501', 'maximum'],
    ['page=2', 'additionalProperties'],
  ])('or limit against its rules is 422: %.20s', async (query, rule) => {
    const response = await get(await worldOfTest(), `/v1/runs?${query}`);
    expect(response.json()).toMatchObject({ code: 'invalid_request', errors: [{ rule }] });
  });
});

describe('one run', () => {
  it.each(['run-1', 'scheduled__2026-11-22T00:00:00+00:00', 'r'.repeat(200)])('%.40s', async (run) => {
    const world = await worldOfTest();
    await writeRun(world.home, run);
    const response = await get(world, `/v1/runs/${encodeURIComponent(run)}`);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ run, state: 'running' });
    expect(response.body).not.toContain('catalogue.csv');
  });

  it.each(['run-2', '..', '%2e%2e%2frun-1', 'r'.repeat(201), 'r'.repeat(5000), '-'])(
    'is 404 where there is none: %.20s',
    async (run) => {
      const world = await worldOfTest();
      await writeRun(world.home, 'run-1');
      const response = await get(world, `/v1/runs/${run}`);
      expect(response.json()).toMatchObject({
        status: 404,
        code: run === '..' ? 'route_not_found' : 'run_not_found',
      });
    },
  );
});
