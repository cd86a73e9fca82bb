import { expect, it } from 'vitest';
import { writeModelVersion } from '#segue/models/files.js';
import { readLedger } from '#segue/models/ledger-file.js';
import { recordRefusal } from '#segue/models/notes.js';
import { exampleModel } from '../models/example.js';
import { NOW } from './temp.js';
import { exampleProfile, TRACK, worldOfTest } from './world.js';

it('an admin promotes, overrides with a name and a reason, and rolls back; the service answers by it at once', async () => {
  const [first, second, refused] = [1, 2, 3].map((seed) => exampleModel({ seed }));
  const { app, keys, home } = await worldOfTest({ model: second!, earlier: first! });
  const split = { rows: 400, wcss: 812.5, silhouette_euclidean: 0.24 };
  const metrics = { version: refused!.version, train: split, test: split };
  await writeModelVersion(home, { model: refused!, metrics, profile: exampleProfile(refused!) });
  await recordRefusal(home, refused!.version, ['lift'], { run: 'run-3', actor: 'ana', now: () => NOW });

  const post = (url: string, payload: object) =>
    app.inject({ method: 'POST', url, headers: { 'x-api-key': keys.admin }, payload });
  const served = async () =>
    (
      await app.inject({
        method: 'POST',
        url: '/v1/predict/cluster',
        headers: { 'x-api-key': keys.predict },
        payload: TRACK,
      })
    ).json<{ model_version: string }>().model_version;

  const promote = (version: string, payload: object) => post(`/v1/models/${version}/promotion`, payload);
  expect((await promote(first!.version, { reason: 'radio' })).json()).toEqual({
    version: first!.version,
    previous: second!.version,
    changed: true,
  });
  expect(await served()).toBe(first!.version);
  expect((await promote('m-000000000000', {})).json()).toMatchObject({
    code: 'model_not_found',
    status: 404,
  });
  expect((await promote(refused!.version, {})).json()).toMatchObject({
    code: 'version_refused',
    status: 409,
  });
  const word = { override_by: 'Ana Gil', reason: 'the catalogue changed' };
  expect((await promote(refused!.version, word)).json()).toMatchObject({ changed: true });
  expect(await served()).toBe(refused!.version);

  for (const back of [first, second, first]) {
    expect((await post('/v1/rollback', { reason: 'complaints' })).json()).toMatchObject({
      version: back!.version,
    });
    expect(await served()).toBe(back!.version);
  }
  expect((await post('/v1/rollback', {})).json()).toMatchObject({ code: 'nothing_earlier', status: 409 });
  const entries = await readLedger(home.ledger);
  expect(entries.findLast(({ override }) => override !== undefined)).toMatchObject({
    event: 'promoted',
    actor: `API key ${keys.admin.split('_')[1]}`,
    override: { by: 'Ana Gil', rules: ['lift'] },
  });
});
