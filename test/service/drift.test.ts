import { expect, it } from 'vitest';
import { exampleModel } from '../models/example.js';
import { TRACK, worldOfTest } from './world.js';

it('compares what was asked with what the model was trained on', async () => {
  const { app, keys } = await worldOfTest();
  const headers = { 'x-api-key': keys.predict };
  const ask = async (url: string, payload: object) =>
    (await app.inject({ method: 'POST', url, headers, payload })).statusCode;
  for (let i = 0; i < 3; i += 1) expect(await ask('/v1/predict/cluster', TRACK)).toBe(200);
  expect(await ask('/v1/predict/clusters?detail=lean', { items: [TRACK, {}] })).toBe(200);
  expect(await ask('/v1/predict/cluster', {})).toBe(422);

  const answer = await app.inject({ url: '/v1/drift', headers: { 'x-api-key': keys.read } });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    model_version: exampleModel().version,
    window: { from: '2026-11-18', to: '2026-11-24' },
    tracks: 4,
    refused: 2,
    verdict: 'not_enough_data',
    before: null,
    unreadable_files: [],
  });
  const one = await app.inject({ url: '/v1/drift?days=1', headers: { 'x-api-key': keys.read } });
  expect(one.json()).toMatchObject({ window: { from: '2026-11-24', to: '2026-11-24' } });
  const { body } = await app.inject('/metrics');
  expect(body).toContain('segue_drift_tracks 4\n');
  expect(body).toContain('segue_predictions_refused_total 2\n');
  expect(body).toContain('segue_drift_verdict{subject="tempo",measure="mean"} -1\n');
});

it('is answered to those who may read, within its limits, where there is a model', async () => {
  const { app, keys } = await worldOfTest({ model: null });
  const get = async (url: string, key: string) => {
    const { statusCode } = await app.inject({ url, headers: { 'x-api-key': key } });
    return statusCode;
  };
  expect(await get('/v1/drift', keys.predict)).toBe(403);
  expect(await get('/v1/drift?days=0', keys.read)).toBe(422);
  expect(await get('/v1/drift?days=29', keys.read)).toBe(422);
  expect(await get('/v1/drift', keys.read)).toBe(500);
});
