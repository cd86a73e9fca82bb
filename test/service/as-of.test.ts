import { expect, it } from 'vitest';
import { writeModelVersion } from '#segue/models/files.js';
import { promote } from '#segue/models/registry.js';
import { exampleModel } from '../models/example.js';
import { worldOfTest } from './world.js';

it('the registry tells how it stood at a moment: states and history, page by page', async () => {
  const [first, second] = [exampleModel({ seed: 1 }), exampleModel({ seed: 2 })];
  const { app, keys, home } = await worldOfTest({ model: null });
  for (const [model, hour] of [
    [first, 10],
    [second, 12],
  ] as const) {
    await writeModelVersion(home, { model, metrics: { train: {}, test: {} }, profile: { segments: [] } });
    await promote(home, model.version, {
      run: null,
      actor: 'ana',
      now: () => new Date(Date.UTC(2026, 10, 1, hour)),
    });
  }
  const ask = async <T>(url: string): Promise<T> =>
    (await app.inject({ url, headers: { 'x-api-key': keys.read } })).json<T>();
  interface Page {
    readonly models: readonly { readonly version: string; readonly state: string }[];
    readonly next: string | null;
  }
  const states = async (url: string) =>
    (await ask<Page>(url)).models.map(({ version, state }) => [version, state]);

  expect(await states('/v1/models?as_of=2026-11-01T09:00:00Z')).toEqual([]);
  expect(await states('/v1/models?as_of=2026-11-01T11:00:00Z')).toEqual([[first.version, 'production']]);
  const now = [
    [second.version, 'production'],
    [first.version, 'archived'],
  ];
  expect(await states('/v1/models')).toEqual(now);
  const page = await ask<Page>('/v1/models?limit=1&as_of=2026-11-01T13:00:00.000%2B01:00');
  expect(page.models.map(({ version }) => version)).toEqual([second.version]);
  expect(await states(page.next!)).toEqual([now[1]]);

  expect(await ask(`/v1/models/${first.version}?as_of=2026-11-01T11:00:00Z`)).toMatchObject({
    state: 'production',
  });
  expect(await ask(`/v1/models/${first.version}`)).toMatchObject({ state: 'archived' });
  expect(await ask(`/v1/models/${second.version}?as_of=2026-11-01T11:00:00Z`)).toMatchObject({
    code: 'model_not_found',
  });
  expect(await states('/v1/models?as_of=2016-12-31T23:59:60.5Z')).toEqual([]);
  expect(await states('/v1/models?as_of=2026-12-31T15:59:60-08:00')).toEqual(now);
  expect(await states('/v1/models?as_of=9999-12-31T23:59:59-23:59')).toEqual(now);
  expect(await ask('/v1/models?as_of=yesterday')).toMatchObject({ code: 'invalid_request' });
});
