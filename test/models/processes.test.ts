import { describe, expect, it } from 'vitest';
import { readLedger } from '#segue/models/ledger-file.js';
import { productionVersion, promote } from '#segue/models/registry.js';
import { startChild } from '../core/children.js';
import { actor, homeWith } from './home.js';

const SCRIPT = new URL('registry-child.mjs', import.meta.url);

/** Of each process; `npm run test:registry` has many more. */
const ROUNDS = String(Math.round(Number(process.env['SEGUE_OPERATIONS'] ?? 60) / 4));

describe('many processes', () => {
  it('promote and roll back at once: the ledger holds every change of each, in one chain', async () => {
    const { home, names } = await homeWith(3);
    const children = [1, 2, 3, 4].map((seed) =>
      startChild(SCRIPT, ['change', home.root, `${seed}`, ROUNDS, ...names]),
    );
    const told = await Promise.all(children.map((child) => child.finish()));
    const entries = await readLedger(home.ledger);
    const changes = entries.filter(({ event }) => event !== 'registered');
    told.forEach((versions, i) => {
      const own = changes.filter(({ actor: name }) => name === `child ${i + 1}`);
      expect(own.map(({ version }) => version)).toEqual(versions);
    });
    expect(changes.every(({ version, previous }) => version !== previous)).toBe(true);
    expect(entries.length - changes.length).toBe(names.length);
    expect(await productionVersion(home)).toBe(changes.at(-1)?.version);
  });

  it('die by SIGKILL while they write: nothing that they were told is written is lost, and the next writer goes on', async () => {
    const { home, names } = await homeWith(1);
    const children = [1, 2, 3, 4].map((seed) =>
      startChild(SCRIPT, ['append', home.root, `${seed}`, '1000', ...names]),
    );
    const told = await Promise.all(
      children.map(async (child, i) => {
        const lines: string[] = [];
        while (lines.length < 3 + 4 * i) lines.push(await child.nextLine());
        await child.kill();
        return lines.map(Number);
      }),
    );
    expect(await promote(home, names[0]!, actor())).toMatchObject({ changed: true });
    const entries = await readLedger(home.ledger);
    expect(told.flat().every((seq) => entries[seq - 1]?.actor === 'x'.repeat(20_000))).toBe(true);
    expect(new Set(told.flat()).size).toBe(3 + 7 + 11 + 15);
    expect(entries.at(-1)).toMatchObject({ event: 'promoted', actor: 'ana' });
  });
});
