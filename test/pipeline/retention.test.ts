import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { productionAt, rollbackPile, rollbackTarget } from '#segue/models/history.js';
import { type LedgerDraft, type LedgerEntry, sealEntries } from '#segue/models/ledger.js';
import { DEFAULT_OPTIONS } from '#segue/pipeline/options.js';
import { datasetsToPrune, versionsToPrune } from '#segue/pipeline/retention.js';
import { newRecord, type RunRecord } from '#segue/pipeline/run-record.js';

const versionOf = (n: number): string => `m-${String(n).padStart(12, '0')}`;

/** A ledger in which versions are registered, promoted, refused, and promotions undone. */
const ledgers = fc
  .array(fc.tuple(fc.constantFrom('promoted', 'refused', 'rolled_back'), fc.integer({ min: 1, max: 9 })), {
    maxLength: 30,
  })
  .map((acts) => {
    const drafts: LedgerDraft[] = [];
    const seen = new Set<number>();
    acts.forEach(([event, n], i) => {
      const author = { run: `run-${i}`, actor: 'ana' };
      const pile = rollbackPile(sealEntries(drafts, undefined, () => new Date(0)));
      if (event === 'rolled_back') {
        if (pile.length > 1) drafts.push({ event, version: pile.at(-2)!, ...author });
        return;
      }
      if (!seen.has(n) && event === 'promoted')
        drafts.push({ event: 'registered', version: versionOf(n), ...author });
      if (event === 'promoted') seen.add(n);
      drafts.push({ event, version: versionOf(n), ...author });
    });
    return sealEntries(drafts, undefined, () => new Date(0));
  });

const recordsOf = (entries: readonly LedgerEntry[]): RunRecord[] => {
  const runs = [...new Set(entries.map(({ run }) => run!))];
  return runs.map((run, i) => ({
    ...newRecord(run, { ...DEFAULT_OPTIONS, source: '/a' }, '', new Date(i * 1000)),
    state: 'promoted',
  }));
};

it('production, what rollbacks bring back and the newest versions always stay; the rest goes', () => {
  fc.assert(
    fc.property(ledgers, fc.integer({ min: 2, max: 5 }), (entries, versions) => {
      const going = versionsToPrune(entries, { versions, datasets: 1 });
      const told = [...new Set(entries.map(({ version }) => version))];
      const pile = rollbackPile(entries).slice(-versions);
      for (const kept of [productionAt(entries), ...pile, ...told.slice(-versions)])
        expect(going).not.toContain(kept);
      expect(told.length - going.length).toBeLessThanOrEqual(2 * versions);
    }),
  );
});

it('the tracks of production, of what a rollback brings back, of the newest runs and of a run under way always stay', () => {
  fc.assert(
    fc.property(ledgers, fc.integer({ min: 1, max: 4 }), (entries, datasets) => {
      const records = recordsOf(entries);
      const going_on = { ...newRecord('now', { ...DEFAULT_OPTIONS, source: '/a' }, '', new Date(-1)) };
      const present = ['now', 'a stranger', ...records.map(({ run }) => run), versionOf(1)];
      const going = datasetsToPrune(entries, [...records, going_on], present, { versions: 2, datasets });
      const newest = records.slice(-datasets).map(({ run }) => run);
      for (const kept of ['now', 'a stranger', ...newest]) expect(going).not.toContain(kept);
      const needed = new Set([productionAt(entries), rollbackTarget(entries)]);
      for (const { version, run } of entries) if (needed.has(version)) expect(going).not.toContain(run);
      const runs = going.filter((name) => name !== versionOf(1));
      const needing = new Set(entries.filter(({ version }) => needed.has(version)).map(({ run }) => run));
      expect(records.length - runs.length).toBeLessThanOrEqual(datasets + needing.size);
    }),
  );
});
