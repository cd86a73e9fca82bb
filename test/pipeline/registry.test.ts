import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';
import { loadModel } from '#segue/models/files.js';
import { readLedger } from '#segue/models/ledger-file.js';
import { productionVersion } from '#segue/models/registry.js';
import { listRecords } from '#segue/pipeline/run-record.js';
import { startRun } from '#segue/pipeline/start.js';
import { PROGRAM } from '../cli/start.js';
import { startChild } from '../core/children.js';
import { pipelineFixture } from './fixture.js';

const CHANGES = new URL('../models/registry-child.mjs', import.meta.url);

/** Promotions, rollbacks and runs in all; `npm run test:registry` does a thousand. */
const OPERATIONS = Number(process.env['SEGUE_OPERATIONS'] ?? 60);

/** One in so many is a run. */
const RUNS = 25;

async function segueRun(home: string, source: string, k: number): Promise<number> {
  const argv = ['run', '--fresh', '--home', home, '--source', source, '--k', String(k), '--starts', '2'];
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...argv], (error) =>
      resolve(error === null ? 0 : Number(error.code)),
    );
  });
}

it('run, promote and roll back at once from four processes: one chain, production as it says, nothing half-made', async () => {
  const { home, options, context } = await pipelineFixture(1000);
  const versions: string[] = [];
  for (const k of [4, 5, 6])
    versions.push((await startRun(context, { options: { ...options, k } })).version!);
  const runs = Math.max(4, Math.round(OPERATIONS / RUNS / 2));
  const changes = Math.round((OPERATIONS - 2 * runs) / 2);

  const changing = [1, 2].map((seed) =>
    startChild(CHANGES, ['change', home.root, String(seed), String(changes), ...versions]).finish(),
  );
  const running = [0, 1].map(async (n) => {
    const codes: number[] = [];
    for (let i = 0; i < runs; i += 1)
      codes.push(await segueRun(home.root, options.source, 4 + ((i + n) % 3)));
    return codes;
  });
  const [told, codes] = [await Promise.all(changing), (await Promise.all(running)).flat()];

  // 1: the other runner held the home; 3: the gate, against a version that was promoted meanwhile
  expect(codes.filter((code) => ![0, 1, 3].includes(code))).toEqual([]);
  expect(codes).toContain(0);
  const entries = await readLedger(home.ledger); // checks the chain
  const moves = entries.filter(({ event }) => event === 'promoted' || event === 'rolled_back');
  expect(moves.every(({ version, previous }) => version !== previous)).toBe(true);
  for (const [i, own] of told.entries())
    expect(moves.filter(({ actor }) => actor === `child ${i + 1}`).map(({ version }) => version)).toEqual(
      own,
    );
  const production = await productionVersion(home);
  expect(production).toBe(moves.at(-1)?.version);
  await loadModel(home, production!);
  for (const { state } of await listRecords(home)) expect(['promoted', 'refused', 'failed']).toContain(state);
  expect((await startRun(context, { options: { ...options, k: 4 }, fresh: true })).state).toMatch(
    /promoted|refused/,
  );
});
