import { createHash } from 'node:crypto';
import { appendFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { writeSyntheticCatalogue } from '#segue/catalogue/synthetic/write.js';
import type { Decision } from '#segue/gate/decision.js';
import { loadModel, loadVersion } from '#segue/models/files.js';
import type { Model } from '#segue/models/format.js';
import { readLedger } from '#segue/models/ledger-file.js';
import { productionVersion, rollback } from '#segue/models/registry.js';
import { TASK_IDS } from '#segue/pipeline/dag.js';
import { listRecords, type RunRecord } from '#segue/pipeline/run-record.js';
import { startRun, startTask } from '#segue/pipeline/start.js';
import { writeAsEarlierRelease } from '../models/earlier-release.js';
import { pipelineFixture } from './fixture.js';

const idsOf = ({ segments }: Model): string[] => segments.map(({ segment_id }) => segment_id);

const states = (record: RunRecord): string[] => TASK_IDS.map((id) => record.tasks[id].state);

describe('a run', () => {
  it('goes from a catalogue to a model in production, and leaves what the contract says', async () => {
    const { home, options, context, alerts } = await pipelineFixture();
    const record = await startRun(context, { options });

    expect(record.state).toBe('promoted');
    expect(states(record)).toEqual(['done', 'done', 'done', 'done', 'pending']);
    expect(await productionVersion(home)).toBe(record.version);
    const decision = JSON.parse(await readFile(home.run(record.run).decision, 'utf8')) as object;
    expect(decision).toMatchObject({ run: record.run, version: record.version, verdict: 'accepted' });
    expect(alerts).toEqual([]);
  });

  it('twice the same gives the same model and one registration', async () => {
    const { home, options, context } = await pipelineFixture();
    const first = await startRun(context, { options });
    const bytes = await readFile(home.model(first.version!).model);
    const second = await startRun(context, { options });

    expect(second.run).not.toBe(first.run);
    expect(second.version).toBe(first.version);
    expect(await readFile(home.model(first.version!).model)).toEqual(bytes);
    expect((await readLedger(home.ledger)).map(({ event }) => event)).toEqual(['registered', 'promoted']);
  });

  it('looks the cleaned tracks of the same files up, and cleans anew what was touched or is to be cleaned otherwise', async () => {
    const { home, options, context } = await pipelineFixture();
    const first = await startRun(context, { options });
    const second = await startRun(context, { options: { ...options, k: 5 } });
    expect(second.tasks.T1_Ingesta_y_Limpieza.summary).toBe(
      `${first.tasks.T1_Ingesta_y_Limpieza.summary}; as in run ${first.run}`,
    );
    const { ino } = await stat(home.dataset(first.run).xTrain);
    expect((await stat(home.dataset(second.run).xTrain)).ino).toBe(ino);

    const stricter = { ...options, rules: { row_limit: 2000 } };
    const third = await startRun(context, { options: stricter });
    expect(third.tasks.T1_Ingesta_y_Limpieza.summary).not.toContain('as in run');
    await appendFile(options.source, '\n');
    const fourth = await startRun(context, { options });
    expect(fourth.tasks.T1_Ingesta_y_Limpieza.summary).not.toContain('as in run');
  });

  it('notes with the model which files and options it came from', async () => {
    const { home, options, context } = await pipelineFixture();
    const { version } = await startRun(context, { options });
    const { metrics } = await loadVersion(home, version!);
    const sha256 = createHash('sha256')
      .update(await readFile(options.source))
      .digest('hex');
    expect(metrics).toMatchObject({
      origin: {
        sources: [{ name: 'catalogue.csv', sha256 }],
        config_hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    });
  });

  it('after a retrain with 5 % more tracks keeps the ids of all segments', async () => {
    const { home, options, context } = await pipelineFixture();
    const first = await loadModel(home, (await startRun(context, { options })).version!);
    const more = `${options.source}.more.csv`;
    await writeSyntheticCatalogue(more, { tracks: 3150, seed: 5 });
    const second = await loadModel(
      home,
      (await startRun(context, { options: { ...options, source: more } })).version!,
    );

    expect(second.version).not.toBe(first.version);
    expect(second.parent).toBe(first.version);
    expect(idsOf(second).toSorted()).toEqual(idsOf(first).toSorted());
    for (const { segment_id, identity } of second.segments) {
      expect(identity.event).toBe('continued');
      expect(first.segments[identity.from!]!.segment_id).toBe(segment_id);
      expect(identity.jaccard).toBeGreaterThan(0.8);
    }
    for (const { identity } of first.segments) expect(identity.event).toBe('born');
  });

  it('gives ids of its own to what no earlier segment continues in', async () => {
    const { home, options, context } = await pipelineFixture();
    const four = await loadModel(home, (await startRun(context, { options })).version!);
    const gate = { ...options.gate, minSilhouette: 0.1, maxSilhouetteDrop: 1, minSegmentShare: 0.001 };
    const seven = await loadModel(
      home,
      (await startRun(context, { options: { ...options, k: 7, gate } })).version!,
    );
    const born = seven.segments.filter(({ identity }) => identity.event === 'born');
    expect(born.length).toBeGreaterThanOrEqual(3);
    for (const { segment_id, identity } of born) {
      expect(idsOf(four)).not.toContain(segment_id);
      expect(identity).toEqual({ event: 'born', from: null, jaccard: null });
    }
    expect(new Set(idsOf(seven)).size).toBe(7);
  });

  it('replaces a model that an earlier release left in production, and compares with nothing of it', async () => {
    const { home, options, context } = await pipelineFixture();
    const { version } = await startRun(context, { options });
    const before = idsOf(await loadModel(home, version!));
    await writeAsEarlierRelease(home, version!);
    await expect(loadModel(home, version!)).rejects.toMatchObject({ code: 'SEGUE_MODEL_FORMAT' });

    const next = await startRun(context, { options: { ...options, seed: 43 } });
    expect(next.state).toBe('promoted');
    expect(await productionVersion(home)).toBe(next.version);
    const model = await loadModel(home, next.version!);
    expect(model.parent).toBe(version);
    for (const { segment_id, identity } of model.segments) {
      expect(identity).toEqual({ event: 'born', from: null, jaccard: null });
      expect(before).not.toContain(segment_id);
    }
    const decision = JSON.parse(await readFile(home.run(next.run).decision, 'utf8')) as Decision;
    expect(decision.production).toBe(version);
    expect(decision.rules.find(({ rule }) => rule === 'silhouette_drop')).toMatchObject({
      verdict: 'not_applicable',
      limit: null,
      explanation: `Production (${version}) was trained by another release, so its Silhouette can't be compared.`,
    });
    await expect(rollback(home, { run: null, actor: 'ana', now: context.now })).rejects.toMatchObject({
      code: 'SEGUE_MODEL_FORMAT',
    });
    expect(await productionVersion(home)).toBe(next.version);
  });

  it('gives the same model at 1 and 3 threads', async () => {
    const { options, context, home } = await pipelineFixture();
    const one = await startRun(context, { options });
    await rm(home.root, { recursive: true });
    const three = await startRun(
      { ...context, resources: { threads: 3, memoryLimit: '512MB' } },
      { options },
    );
    expect(three.version).toBe(one.version);
  });

  it('refuses below the floor: T4 does not run, T5 tells why, production stays', async () => {
    const { home, options, context, alerts } = await pipelineFixture();
    const good = await startRun(context, { options });
    const gate = { ...options.gate, minSilhouette: 0.9 };
    const refused = await startRun(context, { options: { ...options, k: 5, gate } });

    expect(refused.state).toBe('refused');
    expect(states(refused)).toEqual(['done', 'done', 'refused', 'pending', 'done']);
    expect(await productionVersion(home)).toBe(good.version);
    expect(alerts).toMatchObject([{ run: refused.run, event: 'refused', production: good.version }]);
    expect(alerts[0]!.why.join(' ')).toContain('the limit is 0.9000');
    expect((await readLedger(home.ledger)).at(-1)).toMatchObject({
      event: 'refused',
      version: refused.version,
    });
  });

  it('tells when a task dies, throws its error, and can be gone on with', async () => {
    const { home, options, context, alerts } = await pipelineFixture();
    const broken = { ...options, k: 1_000_000 };
    await expect(startRun(context, { options: broken })).rejects.toMatchObject({
      code: 'SEGUE_TOO_FEW_ROWS',
    });

    const [record] = await listRecords(home);
    expect(record).toMatchObject({
      state: 'failed',
      tasks: { T2_Entrenamiento_Modelo: { state: 'failed' } },
    });
    expect(alerts).toMatchObject([{ event: 'failed', production: null }]);
    expect(alerts[0]!.why[0]).toContain('T2_Entrenamiento_Modelo: SEGUE_TOO_FEW_ROWS');

    await expect(startRun(context, { resume: record!.run })).rejects.toMatchObject({
      code: 'SEGUE_TOO_FEW_ROWS',
    });
    const [again] = await listRecords(home);
    expect(again!.tasks).toMatchObject({
      T1_Ingesta_y_Limpieza: { attempts: 1 },
      T2_Entrenamiento_Modelo: { attempts: 2 },
    });
  });

  it('refuses to share a home with another run', async () => {
    const { options, context } = await pipelineFixture();
    const [a, b] = await Promise.allSettled([startRun(context, { options }), startRun(context, { options })]);
    expect([a.status, b.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    const lost = a.status === 'rejected' ? a : (b as PromiseRejectedResult);
    expect(lost.reason).toMatchObject({ code: 'SEGUE_HOME_LOCKED' });
  });
});

describe('one task at a time', () => {
  it('does what the whole run does, and repeating a task changes nothing', async () => {
    const { home, options, context } = await pipelineFixture();
    const whole = await startRun(context, { options });
    for (const task of [...TASK_IDS.slice(0, 4), ...TASK_IDS.slice(0, 4)]) {
      const record = await startTask(context, 'scheduled__2026-11-22T00:00:00+00:00', task, options);
      expect(record.tasks[task]).toMatchObject({ state: 'done', attempts: 1 });
    }
    const record = await startTask(context, 'scheduled__2026-11-22T00:00:00+00:00', TASK_IDS[4], undefined);
    expect(record).toMatchObject({ state: 'promoted', version: whole.version });
    expect(await productionVersion(home)).toBe(whole.version);
  });

  it('refuses a task before the one that feeds it, an unknown run, other options, and a folder’s way out', async () => {
    const { options, context } = await pipelineFixture(200);
    const begin = (run: string, o = options) => startTask(context, run, TASK_IDS[0], o);
    await begin('r');
    await expect(startTask(context, 'r', TASK_IDS[2], undefined)).rejects.toMatchObject({
      code: 'SEGUE_TASK_OUT_OF_ORDER',
    });
    await expect(startTask(context, 's', TASK_IDS[1], undefined)).rejects.toMatchObject({
      code: 'SEGUE_RUN_NOT_FOUND',
    });
    await expect(begin('r', { ...options, seed: 1 })).rejects.toMatchObject({ code: 'SEGUE_RUN_CONFLICT' });
    await expect(begin('../../etc')).rejects.toMatchObject({ code: 'SEGUE_USAGE' });
  });

  it('does not run T4 after a refusal', async () => {
    const { home, options, context } = await pipelineFixture();
    const strict = { ...options, gate: { ...options.gate, minSilhouette: 0.9 } };
    for (const task of TASK_IDS.slice(0, 3)) await startTask(context, 'r', task, strict);
    await expect(startTask(context, 'r', TASK_IDS[3], strict)).rejects.toMatchObject({
      code: 'SEGUE_GATE_REFUSED',
    });
    expect(await productionVersion(home)).toBeNull();
  });
});

it('a catalogue that changed since a run was cut off begins a new run', async () => {
  const { home, options, context } = await pipelineFixture();
  const { run } = await startTask(context, 'cut-off', TASK_IDS[0], options);
  const text = await readFile(options.source, 'utf8');
  await writeFile(options.source, text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1));
  const record = await startRun(context, { options });
  expect(record.run).not.toBe(run);
  expect((await listRecords(home)).length).toBe(2);
});
