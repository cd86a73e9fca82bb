import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  historyOf,
  productionAt,
  productionEntryAt,
  rollbackTarget,
  stateOf,
} from '#segue/models/history.js';
import { LEDGER_EVENTS, type LedgerEntry, sealEntry } from '#segue/models/ledger.js';
import { NOON } from './home.js';

const VERSIONS = ['m-aaaaaaaaaaaa', 'm-bbbbbbbbbbbb', 'm-cccccccccccc', 'm-dddddddddddd'] as const;

/** What happened, and so many seconds after what happened before; clocks may go back. */
const events = fc.array(
  fc.record({
    event: fc.constantFrom(...LEDGER_EVENTS),
    version: fc.constantFrom(...VERSIONS),
    seconds: fc.integer({ min: -5, max: 60 }),
  }),
  { maxLength: 40 },
);

function ledgerOf(
  script: readonly { event: LedgerEntry['event']; version: string; seconds?: number }[],
): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  let clock = NOON;
  for (const { event, version, seconds = 60 } of script) {
    clock += 1000 * seconds;
    entries.push(sealEntry({ event, version, run: null, actor: 'ana' }, entries.at(-1), new Date(clock)));
  }
  return entries;
}

const promotions = (...versions: readonly string[]): { event: 'promoted'; version: string }[] =>
  versions.map((version) => ({ event: 'promoted', version }));

describe('production at a moment', () => {
  it('is what a clerk would say who went through the ledger line by line', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: -10, max: 2500 }), (script, seconds) => {
        const entries = ledgerOf(script);
        const moment = new Date(NOON + 1000 * seconds);
        let production: string | null = null;
        let since: string | undefined;
        for (const { event, version, time } of entries) {
          if (Date.parse(time) > moment.getTime()) break;
          if (event === 'promoted' || event === 'rolled_back') [production, since] = [version, time];
        }
        expect(productionAt(entries, moment)).toBe(production);
        expect(productionEntryAt(entries, moment)?.time).toBe(since);
      }),
    );
  });

  it('does not change by what happens later', () => {
    fc.assert(
      fc.property(events, events, (script, more) => {
        const moment = new Date(ledgerOf(script).at(-1)?.time ?? NOON);
        const later = [...script, ...more.map((event, i) => (i === 0 ? { ...event, seconds: 3600 } : event))];
        expect(productionAt(ledgerOf(later), moment)).toBe(productionAt(ledgerOf(script), moment));
      }),
    );
  });

  it('is the last entry’s without a moment, and counts an entry from its very millisecond', () => {
    const entries = ledgerOf(promotions(VERSIONS[0], VERSIONS[1]));
    const [first, second] = entries.map(({ time }) => Date.parse(time)) as [number, number];
    expect(productionAt(entries)).toBe(VERSIONS[1]);
    expect(productionAt(entries, new Date(second))).toBe(VERSIONS[1]);
    expect(productionAt(entries, new Date(second - 1))).toBe(VERSIONS[0]);
    expect(productionAt(entries, new Date(first - 1))).toBe(null);
    expect(productionAt([])).toBe(null);
  });
});

describe('rollback', () => {
  const [a, b, c, d] = VERSIONS;

  it('walks back one promotion at a time, and a new promotion starts from where that left', () => {
    const script: { event: LedgerEntry['event']; version: string }[] = promotions(a, b, c);
    const next = (): string | undefined => rollbackTarget(ledgerOf(script));
    expect(next()).toBe(b);
    script.push({ event: 'rolled_back', version: b });
    expect(next()).toBe(a);
    script.push({ event: 'rolled_back', version: a });
    expect(next()).toBe(undefined);
    script.push(...promotions(d));
    expect(next()).toBe(a);
  });

  it('undoes promotions in their order, whatever else is told in between', () => {
    const told = fc.constantFrom('registered' as const, 'refused' as const);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...VERSIONS), { minLength: 1 }),
        fc.array(told),
        (promoted, others) => {
          const script: { event: LedgerEntry['event']; version: string }[] = [
            ...promotions(...promoted),
            ...others.map((event) => ({ event, version: d })),
          ];
          for (const version of promoted.toReversed().slice(1)) {
            expect(rollbackTarget(ledgerOf(script))).toBe(version);
            script.push({ event: 'rolled_back', version });
          }
          expect(rollbackTarget(ledgerOf(script))).toBe(undefined);
        },
      ),
    );
  });
});

describe('a version', () => {
  const [a, b, c, d] = VERSIONS;
  const entries = ledgerOf([
    { event: 'registered', version: a },
    { event: 'promoted', version: a },
    { event: 'refused', version: b },
    { event: 'registered', version: c },
    { event: 'promoted', version: c },
    { event: 'refused', version: a },
  ]);

  it('is in production, archived, refused or a candidate', () => {
    expect([a, b, c, d].map((version) => stateOf(entries, version))).toEqual([
      'archived',
      'refused',
      'production',
      'candidate',
    ]);
  });

  it('has a history, what took it out of production included', () => {
    expect(historyOf(entries, a).map(({ event, version }) => `${event} ${version}`)).toEqual([
      `registered ${a}`,
      `promoted ${a}`,
      `promoted ${c}`,
      `refused ${a}`,
    ]);
  });
});
