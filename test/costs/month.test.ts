import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bill, driversOf, ITEMS, LINE_KINDS, PROVIDERS } from '#segue/costs/bill.js';
import { demandOf, runSeconds } from '#segue/costs/demand.js';
import { ASSUMED, LEVELS, LIMITS, type Load, SPECIFICATION_EUR, SPECIFIED } from '#segue/costs/load.js';
import { MEASURED } from '#segue/costs/measured.js';
import { monthAt, monthAtLevels } from '#segue/costs/month.js';
import { eurosOf, PRICES, type PriceId } from '#segue/costs/prices.js';

const limited = ({ least, most }: { readonly least: number; readonly most: number }) =>
  fc.integer({ min: least, max: most });

const loads: fc.Arbitrary<Load> = fc.record({
  // sizes by powers of ten, so that small ones come too
  tracks: fc.double({ min: 3, max: 8, noNaN: true }).map((power) => Math.round(10 ** power)),
  requestsPerMonth: fc.double({ min: 0, max: 10, noNaN: true }).map((power) => Math.round(10 ** power)),
  retrainsPerMonth: limited(LIMITS.retrainsPerMonth),
});

const RUNS = { numRuns: 300 };

const close = (value: number): number => value * (1 + 1e-12) + 1e-9;

describe.each(PROVIDERS)('a month at %s', (provider) => {
  it('is the sum of its items, each the sum of its lines, each a quantity at a price', () => {
    fc.assert(
      fc.property(loads, (load) => {
        const { items, lines, total } = monthAt(provider, load);
        expect(ITEMS.reduce((sum, item) => sum + items[item], 0)).toBeCloseTo(total, 8);
        for (const item of ITEMS) {
          const own = lines.filter((line) => line.item === item);
          expect(own.reduce((sum, { eur }) => sum + eur, 0)).toBeCloseTo(items[item], 8);
        }
        for (const { quantity, price, eur } of lines) {
          expect(eur).toBe(quantity * eurosOf(price));
          expect(eur).toBeGreaterThan(0);
          expect(Number.isFinite(eur)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it.each(['tracks', 'requestsPerMonth', 'retrainsPerMonth'] as const)(
    'is never cheaper for more %s',
    (what) => {
      fc.assert(
        fc.property(loads, loads, (load, other) => {
          const [less, more] = [load[what], other[what]].toSorted((a, b) => a - b) as [number, number];
          const cheap = monthAt(provider, { ...load, [what]: less });
          const dear = monthAt(provider, { ...load, [what]: more });
          expect(cheap.total).toBeLessThanOrEqual(close(dear.total));
        }),
        RUNS,
      );
    },
  );

  it('is never cheaper with more head-room, playlists or instances', () => {
    fc.assert(
      fc.property(loads, fc.double({ min: 0.05, max: 1, noNaN: true }), (load, share) => {
        const { total } = monthAt(provider, load);
        const stricter = [
          { utilisation: ASSUMED.utilisation * share },
          { vcpuSpeed: ASSUMED.vcpuSpeed * share },
          { peak: ASSUMED.peak / share },
          { playlistShare: Math.max(ASSUMED.playlistShare, share) },
          { minInstances: 1 + Math.round(5 * share) },
        ];
        for (const assumed of stricter) {
          const dearer = monthAt(provider, load, { ...ASSUMED, ...assumed }).total;
          expect(total, JSON.stringify(assumed)).toBeLessThanOrEqual(close(dearer));
        }
      }),
      RUNS,
    );
  });

  it('has as many processors as the busiest hour needs with its head-room, and memory for the tracks', () => {
    fc.assert(
      fc.property(loads, (load) => {
        const { instances } = monthAt(provider, load);
        const { serving } = demandOf(load, ASSUMED);
        expect(instances.count * instances.vcpus).toBeGreaterThanOrEqual(serving.vcpus);
        expect(instances.memory).toBeGreaterThanOrEqual(serving.memory);
      }),
      RUNS,
    );
  });

  it('is told for each level of traffic, and for the one that is asked for', () => {
    const requestsOf = (bills: readonly Bill[]): number[] => bills.map(({ load }) => load.requestsPerMonth);
    expect(requestsOf(monthAtLevels(provider, SPECIFIED))).toEqual(LEVELS);
    const asked = { ...SPECIFIED, requestsPerMonth: 5_000_000 };
    expect(requestsOf(monthAtLevels(provider, asked))).toEqual([1e5, 1e6, 5e6, 1e7, 1e8, 1e9]);
  });
});

describe('the specification’s load', () => {
  it('costs well below what the specification reckons', () => {
    expect(monthAt('hetzner', SPECIFIED).total).toBeLessThan(0.6 * SPECIFICATION_EUR);
  });

  it('is reckoned as by hand', () => {
    const { lines, instances } = monthAt('hetzner', SPECIFIED);
    // ten million requests: 3.8 a second, 19 in the busiest hour; 5 % of them lists
    const seconds = 0.95 / MEASURED.prediction.perCoreSecond + 0.05 * MEASURED.playlist.seconds;
    expect(demandOf(SPECIFIED, ASSUMED).serving.vcpus).toBeCloseTo(
      ((1e7 / 2_628_000) * 5 * seconds) / 0.5 / 0.5,
    );
    expect(instances).toEqual({ count: 1, vcpus: 1, memory: 2 });
    expect(Object.fromEntries(lines.map(({ item, kind, eur }) => [`${item} ${kind}`, eur]))).toEqual({
      'retraining retrainMachine': (52 / 12) * 0.0313, // an hour of a CPX22 each
      'serving machines': 11.49,
      'serving addresses': 0.5,
      'storage objects': 6.49,
      'monitoring monitoringMachine': 11.49,
      'monitoring addresses': 0.5,
    });
  });

  it('is driven by its dearest line first', () => {
    for (const provider of PROVIDERS) {
      const drivers = driversOf(monthAt(provider, SPECIFIED));
      expect(drivers.map(({ eur }) => eur)).toEqual(drivers.map(({ eur }) => eur).toSorted((a, b) => b - a));
      expect(drivers.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    }
  });
});

it('a run takes what was measured for its size, counted with ten starts', () => {
  const [first, second] = MEASURED.runs;
  expect(runSeconds(first.tracks)).toBe(first.seconds);
  expect(runSeconds(1000)).toBe(first.seconds);
  expect(runSeconds(second.tracks)).toBeCloseTo(
    second.seconds + second.trainSeconds * (10 / second.starts - 1),
  );
});

it('every kind of line and every price is on a bill', () => {
  const busy: Load = { tracks: 1e8, requestsPerMonth: 1e10, retrainsPerMonth: 1000 };
  const hoarding = { ...ASSUMED, datasetsKept: 1000, playlistShare: 0.5 };
  const lines = PROVIDERS.flatMap((provider) =>
    [SPECIFIED, busy].flatMap((load) => [
      ...monthAt(provider, load).lines,
      ...monthAt(provider, load, hoarding).lines,
    ]),
  );
  expect([...new Set(lines.map(({ kind }) => kind))].toSorted()).toEqual(LINE_KINDS.toSorted());
  const used = new Set<PriceId>(lines.map(({ price }) => price));
  // which size of a server comes, the load decides
  const others = Object.keys(PRICES).filter((id) => !id.startsWith('hetznerC'));
  expect(others.filter((id) => !used.has(id as PriceId))).toEqual([]);
});
