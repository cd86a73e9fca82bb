import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROVIDERS } from '#segue/costs/bill.js';
import { ASSUMED, SPECIFICATION_EUR, SPECIFIED } from '#segue/costs/load.js';
import { monthAt, monthAtLevels } from '#segue/costs/month.js';
import { PRICES, PRICES_DATE, type UnitPrice, USD_PER_EUR } from '#segue/costs/prices.js';
import { measuredText } from '../../bench/measured.js';
import { firstCells, ROOT, readPage } from '../docs/files.js';

const prices = Object.entries<UnitPrice>(PRICES);
const page = readPage('docs/costs.md');

it('measured.ts has what bench/results has: npm run measured', () => {
  expect(readFileSync(join(ROOT, 'src/costs/measured.ts'), 'utf8')).toBe(measuredText());
});

it.each(prices)('the price %s has a day and the provider’s page', (_id, { amount, date, source }) => {
  expect(amount).toBeGreaterThan(0);
  expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
  expect(date <= PRICES_DATE).toBe(true);
  expect(new URL(source).protocol).toBe('https:');
});

it('PRICES_DATE is that of the newest price', () => {
  const dates = [...prices.map(([, { date }]) => date), USD_PER_EUR.date];
  expect(dates.toSorted().at(-1)).toBe(PRICES_DATE);
});

it('docs/costs.md has each price as it is', () => {
  for (const [id, { amount, currency, date, verified }] of prices) {
    const sign = currency === 'EUR' ? '€' : '$';
    expect(page).toContain(`| \`${id}\` | ${amount} ${sign} |`);
    const row = page.split('\n').find((line) => line.startsWith(`| \`${id}\` |`))!;
    expect(row).toContain(`| ${date} | ${verified ? 'yes' : 'no'} |`);
  }
  const listed = firstCells(page).filter((cell) => !cell.startsWith('--'));
  expect(listed.toSorted()).toEqual(Object.keys(PRICES).toSorted());
});

it('docs/costs.md says what the model says', () => {
  const [own, ...others] = PROVIDERS.map((provider) => monthAtLevels(provider, SPECIFIED));
  for (const [i, { load, total }] of own!.entries()) {
    const totals = [total, ...others.map((bills) => bills[i]!.total)].map((eur) => eur.toFixed(2));
    expect(page).toContain(`| ${load.requestsPerMonth.toLocaleString('en')} | ${totals.join(' | ')} |`);
  }
  const { total, items } = monthAt('hetzner', SPECIFIED);
  const share = Math.round((100 * total) / SPECIFICATION_EUR);
  expect(page).toContain(`costs ${Math.round(total)} €, ${share} % of the ${SPECIFICATION_EUR} €`);
  for (const [item, eur] of Object.entries(items))
    expect(page).toContain(`| ${item} | ${eur.toFixed(2)} € |`);
});

it('docs/costs.md has each assumption with its default', () => {
  const listed = firstCells(page).filter((cell) => cell.startsWith('--'));
  expect(listed).toHaveLength(Object.keys(ASSUMED).length);
  for (const [name, value] of Object.entries(ASSUMED)) {
    const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    expect(page).toContain(`| \`${flag}\` | ${value} |`);
  }
});
