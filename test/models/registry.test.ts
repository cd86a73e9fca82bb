import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#segue/core/hash.js';
import { readLedger } from '#segue/models/ledger-file.js';
import { recordRefusal } from '#segue/models/notes.js';
import { productionEntry, productionVersion, promote, register, rollback } from '#segue/models/registry.js';
import { listVersions, showVersion } from '#segue/models/versions.js';
import { actor, homeWith } from './home.js';

describe('registry', () => {
  it('answers what was in production at any time', async () => {
    const { home, names } = await homeWith(2);
    const [a, b] = names as [string, string];
    const act = actor();
    expect(await productionVersion(home)).toBe(null);
    await register(home, a, act); // 12:01
    await promote(home, a, act); // 12:02
    await promote(home, b, { ...act, run: 'run-7', reason: 'better' }); // 12:03 registered, 12:04 promoted
    await rollback(home, act); // 12:05
    const at = (time: string): Promise<string | null> =>
      productionVersion(home, new Date(`2026-11-01T${time}Z`));
    expect(
      await Promise.all(['12:01:59', '12:02:00', '12:03:59', '12:04:00', '12:04:59', '12:05:00'].map(at)),
    ).toEqual([null, a, a, b, b, a]);
    expect(await productionEntry(home, new Date('2026-11-01T12:04:30Z'))).toMatchObject({
      event: 'promoted',
      version: b,
      previous: a,
      run: 'run-7',
      actor: 'ana',
      reason: 'better',
    });
  });

  it('enters a version once, and promotes what is in production already without a word', async () => {
    const { home, names } = await homeWith(1);
    const [a] = names as [string];
    const act = actor();
    expect(await register(home, a, act)).toBe('registered');
    expect(await register(home, a, act)).toBe('existing');
    expect(await promote(home, a, act)).toEqual({ version: a, previous: null, changed: true });
    expect(await promote(home, a, act)).toEqual({ version: a, previous: a, changed: false });
    expect((await readLedger(home.ledger)).map(({ event }) => event)).toEqual(['registered', 'promoted']);
  });

  it('does not let a run that is gone on with undo a later promotion', async () => {
    const { home, names } = await homeWith(2);
    const [a, b] = names as [string, string];
    const act = actor();
    await promote(home, a, { ...act, run: 'run-1' });
    await promote(home, b, { ...act, run: 'run-2' });
    expect(await promote(home, a, { ...act, run: 'run-1' })).toEqual({
      version: b,
      previous: b,
      changed: false,
    });
    expect(await promote(home, a, { ...act, run: 'run-3' })).toEqual({
      version: a,
      previous: b,
      changed: true,
    });
  });

  it('registers what is promoted by hand, with the checksums of its files', async () => {
    const { home, names } = await homeWith(1);
    const [a] = names as [string];
    await promote(home, a, actor());
    const [registered] = await readLedger(home.ledger);
    expect(registered).toMatchObject({
      event: 'registered',
      version: a,
      files: { 'model.json': sha256(await readFile(home.model(a).model)) },
    });
  });

  it('puts a refused version into production only on a named person’s word, with a reason', async () => {
    const { home, names } = await homeWith(2);
    const [a, b] = names as [string, string];
    await promote(home, a, actor());
    await recordRefusal(home, b, ['lift', 'churn'], { ...actor(), run: 'run-1', reason: 'too flat' });
    await expect(promote(home, b, actor())).rejects.toMatchObject({ code: 'SEGUE_GATE_REFUSED' });
    await expect(promote(home, b, { ...actor(), overrideBy: 'Ana' })).rejects.toThrow('The gate refused');
    expect(await productionVersion(home)).toBe(a);
    await promote(home, b, { ...actor(), overrideBy: 'Ana', reason: 'seen the moves' });
    expect((await readLedger(home.ledger)).at(-1)).toMatchObject({
      event: 'promoted',
      version: b,
      reason: 'seen the moves',
      override: { by: 'Ana', rules: ['lift', 'churn'] },
    });
  });

  it('notes a refusal once per run and leaves production alone', async () => {
    const { home, names } = await homeWith(2);
    const [a, b] = names as [string, string];
    const act = { ...actor(), run: 'run-1' };
    await promote(home, a, act);
    expect(await recordRefusal(home, b, ['lift'], { ...act, reason: 'too flat' })).toBe('recorded');
    expect(await recordRefusal(home, b, ['lift'], { ...act, reason: 'too flat' })).toBe('existing');
    expect(await productionVersion(home)).toBe(a);
    expect(await showVersion(home, b)).toMatchObject({
      state: 'refused',
      history: [{ reason: 'too flat', previous: a }],
    });
  });

  it('walks back by rollbacks until nothing is left', async () => {
    const { home, names } = await homeWith(3);
    const [a, b, c] = names as [string, string, string];
    const act = actor();
    await expect(rollback(home, act)).rejects.toMatchObject({ code: 'SEGUE_NO_EARLIER_VERSION' });
    for (const version of [a, b, c]) await promote(home, version, act);
    expect(await rollback(home, act)).toEqual({ version: b, previous: c, changed: true });
    expect(await rollback(home, act)).toEqual({ version: a, previous: b, changed: true });
    await expect(rollback(home, act)).rejects.toMatchObject({
      code: 'SEGUE_NO_EARLIER_VERSION',
      details: { value: a },
    });
    expect(await promote(home, c, act)).toEqual({ version: c, previous: a, changed: true });
    expect(await rollback(home, act)).toMatchObject({ version: a });
  });

  it('keeps the old version when the new one fails its check', async () => {
    const { home, names } = await homeWith(2);
    const [a, b] = names as [string, string];
    const act = actor();
    await promote(home, a, act);
    await appendFile(home.model(b).metrics, ' ');
    await expect(promote(home, b, act)).rejects.toMatchObject({ code: 'SEGUE_MODEL_CORRUPT' });
    await expect(promote(home, 'm-000000000000', act)).rejects.toMatchObject({
      code: 'SEGUE_MODEL_NOT_FOUND',
    });
    await expect(promote(home, '../../etc', act)).rejects.toMatchObject({ code: 'SEGUE_MODEL_NOT_FOUND' });
    expect(await productionVersion(home)).toBe(a);
    expect(await readLedger(home.ledger)).toHaveLength(2);
  });

  it('keeps the present version when the one to go back to fails its check', async () => {
    const { home, names } = await homeWith(2);
    const [a, b] = names as [string, string];
    const act = actor();
    await promote(home, a, act);
    await promote(home, b, act);
    await rm(home.model(a).folder, { recursive: true });
    await expect(rollback(home, act)).rejects.toMatchObject({ code: 'SEGUE_MODEL_NOT_FOUND' });
    expect(await productionVersion(home)).toBe(b);
  });

  it('holds a version to the checksums of its registration, even if its own list was made to fit', async () => {
    const { home, names } = await homeWith(1);
    const [a] = names as [string];
    const act = actor();
    await register(home, a, act);
    const { metrics, checksums } = home.model(a);
    await writeFile(metrics, '{}\n');
    const list = JSON.parse(await readFile(checksums, 'utf8')) as Record<string, string>;
    await writeFile(checksums, JSON.stringify({ ...list, 'metrics.json': sha256('{}\n') }));
    await expect(promote(home, a, act)).rejects.toMatchObject({
      code: 'SEGUE_MODEL_CORRUPT',
      details: { what: `${metrics}: the file has changed since it was written` },
    });
  });
});

describe('the list of versions', () => {
  it('has the newest of the ledger first, then those that it does not name, and bears a damaged one', async () => {
    const { home, names } = await homeWith(4);
    const [a, b, c, d] = names as [string, string, string, string];
    const act = actor();
    for (const version of [a, b, c]) await promote(home, version, act);
    await appendFile(home.model(b).profile, ' ');
    const list = await listVersions(home);
    expect(list.map(({ version, state }) => [version, state])).toEqual([
      [c, 'production'],
      [b, 'archived'],
      [a, 'archived'],
      [d, 'candidate'],
    ]);
    expect(list[0]).toMatchObject({
      content: { model: { version: c }, metrics: { version: c } },
      promoted_at: '2026-11-01T12:06:00.000Z',
    });
    expect(list[1]).toMatchObject({ content: { error: { code: 'SEGUE_MODEL_CORRUPT' } } });
    expect(list[3]).toMatchObject({ registered_at: null, promoted_at: null, run: null });
  });

  it('is empty in an empty home', async () => {
    expect(await listVersions((await homeWith(0)).home)).toEqual([]);
  });
});
