import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PROVIDERS, type ProviderId } from '#segue/costs/bill.js';
import { ASSUMED, LEVELS, SPECIFIED } from '#segue/costs/load.js';
import { monthAt } from '#segue/costs/month.js';
import { segue, segueJson } from '../cli/segue.js';

const WRITE = process.env['SEGUE_WRITE_GOLDEN'] === '1' && process.env['CI'] === undefined;

/** To add one, name it and run once with SEGUE_WRITE_GOLDEN=1; after another measurement or price, remove it first. */
const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['hetzner', []],
  ['cloud-run', ['--provider', 'cloud-run']],
  ['fargate-busy', ['--provider', 'fargate', '--requests', '2000000000', '--min-instances', '2']],
  ['hetzner-large', ['--tracks', '100000000', '--retrains', '30', '--requests', '1000000000']],
];

it.each(CASES)('segue costs prints %s', async (name, argv) => {
  const { stdout, stderr, exitCode } = await segue('costs', ...argv);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  const file = fileURLToPath(new URL(`golden/${name}.txt`, import.meta.url));
  if (WRITE && !existsSync(file)) writeFileSync(file, stdout);
  expect(stdout).toBe(readFileSync(file, 'utf8'));
});

interface Printed {
  readonly provider: ProviderId;
  readonly eur_per_month: number;
  readonly items: Readonly<Record<string, number>>;
  readonly lines: readonly { readonly eur: number; readonly unit_price: { readonly source: string } }[];
  readonly levels: readonly { readonly requests_per_month: number }[];
}

describe('segue costs --json', () => {
  it.each(PROVIDERS)('tells machines what a month costs at %s', async (provider) => {
    const { json } = await segueJson<Printed>('costs', '--provider', provider, '--peak', '10');
    const bill = monthAt(provider, SPECIFIED, { ...ASSUMED, peak: 10 });
    expect(json).toMatchObject({ provider, eur_per_month: bill.total, items: bill.items });
    expect(json.lines.reduce((sum, { eur }) => sum + eur, 0)).toBeCloseTo(bill.total, 8);
    for (const { unit_price } of json.lines) expect(unit_price.source).toMatch(/^https:/);
    expect(json.levels).toHaveLength(PROVIDERS.length * LEVELS.length);
  });
});

it.each([
  [['--requests', '-1'], 'at least 0'],
  [['--tracks', '1e3'], 'whole number'],
  [['--tracks', '200000000'], 'at most 100000000'],
  [['--utilisation', '0'], 'above 0'],
  [['--provider', 'moon'], 'Allowed choices are hetzner, cloud-run, fargate'],
])('segue costs %j is wrong usage', async (argv, words) => {
  const { exitCode, stderr } = await segue('costs', ...argv);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(words);
});
