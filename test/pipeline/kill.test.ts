import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Home, homeAt } from '#segue/core/home.js';
import { loadModel } from '#segue/models/files.js';
import { productionVersion } from '#segue/models/registry.js';
import type { RunOptions } from '#segue/pipeline/options.js';
import { listRecords, type RunRecord } from '#segue/pipeline/run-record.js';
import { startRun } from '#segue/pipeline/start.js';
import { type PipelineFixture, pipelineFixture } from './fixture.js';

const SCRIPT = fileURLToPath(new URL('./killed-run.mjs', import.meta.url));

/** Runs in a process that kills itself at the n-th outside effect; the standard output of one that came to its end. */
async function runUntil(
  home: Home,
  options: RunOptions,
  n: number,
): Promise<{ signal: string | null; out: string }> {
  const child = spawn(process.execPath, [SCRIPT, home.root, JSON.stringify(options), String(n)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { signal, out };
}

/** Names below the home that only an unfinished writer leaves. */
async function leftovers(home: Home): Promise<string[]> {
  const names = await readdir(home.root, { recursive: true });
  return names.filter((name) => name.endsWith('.draft') || name.startsWith('scratch/run/'));
}

/** Some points of a run: first, last, and as many as asked for in between, evenly spread. */
function spread(points: number, count: number): number[] {
  return [
    ...new Set(Array.from({ length: count }, (_, i) => 1 + Math.round((i * (points - 1)) / (count - 1)))),
  ];
}

const REPETITIONS = Number(process.env['SEGUE_KILLS'] ?? 12);

describe('SIGKILL at any point', () => {
  let folder: string;
  let fixture: PipelineFixture;
  let points: number;
  let expected: RunRecord;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segue-kill-'));
    fixture = await pipelineFixture(3000, folder);
    const undisturbed = await runUntil(fixture.home, fixture.options, 0);
    ({ points, record: expected } = JSON.parse(undisturbed.out) as { points: number; record: RunRecord });
  });

  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  it('leaves a good state, and the next run goes on to the same model', async () => {
    const killedIn = new Set<string>();
    for (const n of spread(points, REPETITIONS)) {
      const home = homeAt(join(folder, `killed-${n}`));
      const { signal } = await runUntil(home, fixture.options, n);
      expect(signal, `point ${n} of ${points}`).toBe('SIGKILL');

      const production = await productionVersion(home);
      if (production !== null) await loadModel(home, production);
      const [cut] = await listRecords(home);
      const running = Object.entries(cut?.tasks ?? {}).find(([, task]) => task.state === 'running');
      killedIn.add(running?.[0] ?? 'between tasks');

      const record = await startRun({ ...fixture.context, home }, { options: fixture.options });
      expect(record, `point ${n} of ${points}`).toMatchObject({
        state: 'promoted',
        version: expected.version,
      });
      if (cut?.state === 'running') expect(record.run).toBe(cut.run);
      expect(await productionVersion(home)).toBe(expected.version);
      expect(await leftovers(home)).toEqual([]);
    }
    for (const task of ['T1_', 'T2_', 'T3_', 'T4_']) {
      expect(
        [...killedIn].filter((name) => name.startsWith(task)),
        `a kill in ${task}`,
      ).toHaveLength(1);
    }
  });

  it('after T2 does not repeat T1 or T2', async () => {
    const home = homeAt(join(folder, 'after-T2'));
    await runUntil(home, fixture.options, points - 5);
    const [cut] = await listRecords(home);
    expect(cut!.tasks.T2_Entrenamiento_Modelo.state).toBe('done');
    const record = await startRun({ ...fixture.context, home }, { options: fixture.options });
    expect(record.tasks.T1_Ingesta_y_Limpieza.attempts).toBe(1);
    expect(record.tasks.T2_Entrenamiento_Modelo.attempts).toBe(1);
  });

  it('while telling of a refusal: the next run tells it', async () => {
    const home = homeAt(join(folder, 'refusal'));
    const options = { ...fixture.options, gate: { ...fixture.options.gate, minSilhouette: 0.9 } };
    const { out } = await runUntil(homeAt(join(folder, 'refusal-whole')), options, 0);
    const whole = JSON.parse(out) as { points: number; record: RunRecord };
    expect(whole.record.state).toBe('refused');

    // the last points are T5's: start, notice, end
    for (const n of [whole.points - 2, whole.points - 1, whole.points]) {
      const at = homeAt(join(home.root, String(n)));
      expect((await runUntil(at, options, n)).signal).toBe('SIGKILL');
      const [cut] = await listRecords(at);
      const record = await startRun({ ...fixture.context, home: at }, { options });
      expect(record.run).toBe(cut!.run);
      expect(record).toMatchObject({ state: 'refused', tasks: { T5_Notificacion_Fallo: { state: 'done' } } });
      expect(await productionVersion(at)).toBeNull();
    }
  });
});
