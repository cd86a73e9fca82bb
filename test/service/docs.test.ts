import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { documentOf, openWorld, operationsOf, TRACK } from './world.js';

const world = await openWorld();
afterAll(world.close);

const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
const metrics = readFileSync(new URL('../../docs/reference/metrics.md', import.meta.url), 'utf8');
const operations = operationsOf(await documentOf(world.app));

/** First and last cell of each row of the table whose first cell names paths. */
const rows = [...page.matchAll(/^\| (`[A-Z]+ .+?`) \|.* \| `?(\w+)`? \|$/gm)].map(([, paths, scope]) => ({
  paths,
  scope,
}));

it('docs/api.md lists every operation with its scope, and no other', () => {
  const listed = rows.flatMap(({ paths, scope }) => {
    const method = /[A-Z]+/.exec(paths!)![0];
    return [...paths!.matchAll(/\/[\w/{}-]+/g)].map(([path]) => `${method} ${path} ${scope}`);
  });
  expect(listed.toSorted()).toEqual(
    operations.map(({ method, path, scope }) => `${method} ${path} ${scope ?? 'none'}`).toSorted(),
  );
});

it('shows a request that is answered, with the members of the answer', async () => {
  const body = JSON.parse(/-d '(.+?)'/.exec(page)![1]!) as object;
  expect(body).toEqual(TRACK);
  const headers = { 'x-api-key': world.keys.predict };
  const response = await world.app.inject({
    method: 'POST',
    url: '/v1/predict/cluster',
    headers,
    payload: body,
  });
  const shown = JSON.parse(/```json\n(.+?)```/s.exec(page)![1]!) as object;
  expect(Object.keys(response.json<object>())).toEqual(Object.keys(shown));
});

it('docs/reference/metrics.md names every figure of the service, and no other', async () => {
  const { body } = await world.app.inject('/metrics');
  const served = [...body.matchAll(/^# TYPE (segue_\w+)/gm)].map((match) => match[1]!);
  const named = [...metrics.matchAll(/`(segue_\w+)`/g)].map((match) => match[1]!);
  expect(named.toSorted()).toEqual(served.toSorted());
});
