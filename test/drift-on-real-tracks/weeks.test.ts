import { describe, expect, it } from 'vitest';
import type { Columns } from '#segue/core/columns.js';
import { type Random, seededRandom } from '#segue/core/random.js';
import type { Assessment } from '#segue/drift/assess.js';
import { FALSE_ALARM_SHARE } from '#segue/drift/limits.js';
import { CATALOGUES, readCatalogue } from '../identity/catalogues.js';
import { modelOf, resampled, weekOf } from './weeks.js';

const MODELS = 20;

/** Weeks of each size, for each model. */
const WEEKS = 100;

/** What was measured, for who reads the log. */
function say(...words: readonly string[]): void {
  process.stderr.write(`${words.join(' ')}\n`);
}

function tells({ verdict }: Pick<Assessment, 'verdict'>): boolean {
  return verdict === 'warn' || verdict === 'alert';
}

/** Models trained on tracks drawn from a catalogue with replacement, so that nothing but chance tells them and their weeks apart. */
async function* modelsOf(all: Columns, k: number, random: Random) {
  for (let i = 0; i < MODELS; i += 1)
    yield await modelOf(resampled(all, Math.floor(0.8 * all.rows), random), k);
}

describe.each(CATALOGUES)('%s', (name) => {
  it.each([4, 5, 8])(
    'tells of something in at most one week in twenty where nothing changed, k = %i',
    async (k) => {
      const all = await readCatalogue(name, 1);
      const random = seededRandom(k);
      const alarms = new Map([20, 50, 99, 100, 121, 200, 500, 1000, 5000].map((n) => [n, 0]));
      for await (const model of modelsOf(all, k, random))
        for (const [n, before] of alarms) {
          let told = 0;
          for (let week = 0; week < WEEKS; week += 1)
            told += Number(tells(weekOf(model, resampled(all, n, random))));
          alarms.set(n, before + told);
        }
      const shares = [...alarms].map(([n, count]) => [n, count / (MODELS * WEEKS)] as const);
      say(
        `false alarm weeks, k = ${k}:`,
        shares.map(([n, share]) => `n=${n} ${(share * 100).toFixed(1)} %`).join(', '),
      );
      for (const [n, share] of shares) expect(share, `n = ${n}`).toBeLessThanOrEqual(FALSE_ALARM_SHARE);
    },
  );

  it('tells of a mean that moved by 0.3 standard deviations: in 70 % of weeks of 200 tracks, in 98 % of 500', async () => {
    const all = await readCatalogue(name, 1);
    const random = seededRandom(3);
    const told = new Map<string, number>();
    for await (const model of modelsOf(all, 5, random))
      for (const n of [200, 500])
        for (const [j, { feature, sd }] of model.reference.entries())
          for (let week = 0; week < WEEKS; week += 1) {
            const asked = resampled(all, n, random);
            for (let i = 0; i < n; i += 1) asked.data[j]![i]! += 0.3 * sd;
            const finding = weekOf(model, asked).findings.find(
              ({ subject, measure }) => subject === feature && measure === 'mean',
            )!;
            const key = `n=${n} ${feature}`;
            told.set(key, (told.get(key) ?? 0) + Number(tells(finding)) / (MODELS * WEEKS));
          }
    say(
      'told of 0.3 sd:',
      [...told].map(([key, share]) => `${key} ${(share * 100).toFixed(1)} %`).join(', '),
    );
    for (const [key, share] of told)
      expect(share, key).toBeGreaterThanOrEqual(key.startsWith('n=200') ? 0.7 : 0.98);
  });

  it('holds its rate for who looks at the last seven days every day', async () => {
    const all = await readCatalogue(name, 1);
    const random = seededRandom(11);
    let [weeks, told] = [0, 0];
    for await (const model of modelsOf(all, 5, random))
      for (const perDay of [30, 150]) {
        const days = Array.from({ length: 7 * 31 }, () => resampled(all, perDay, random));
        for (let week = 1; week < 31; week += 1, weeks += 1) {
          const looks = Array.from({ length: 7 }, (_, day) =>
            joined(days.slice(7 * week + day - 6, 7 * week + day + 1)),
          );
          told += Number(looks.some((look) => tells(weekOf(model, look))));
        }
      }
    say(`weeks with an alarm, looked at daily: ${((told / weeks) * 100).toFixed(1)} % of ${weeks}`);
    expect(told / weeks).toBeLessThanOrEqual(FALSE_ALARM_SHARE);
  });
});

function joined(parts: readonly Columns[]): Columns {
  const [first] = parts as readonly [Columns];
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const data = first.data.map((_, j) => {
    const column = new Float64Array(new SharedArrayBuffer(8 * rows));
    let at = 0;
    for (const part of parts) {
      column.set(part.data[j]!, at);
      at += part.rows;
    }
    return column;
  });
  return { names: first.names, rows, data };
}
