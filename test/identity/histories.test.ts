import { describe, expect, it } from 'vitest';
import { CATALOGUES, readCatalogue } from './catalogues.js';
import { history, type Method, type Retrain } from './history.js';

const HISTORIES = 12;
const RETRAINS = 6;

/** The bars of issue 5. */
const MEAN = 0.98;
const WORST = 0.9;

async function histories(name: (typeof CATALOGUES)[number], k: number, method: Method): Promise<Retrain[]> {
  const all: Retrain[] = [];
  for (let seed = 1; seed <= HISTORIES; seed += 1)
    all.push(...(await history(await readCatalogue(name, seed), { method, k, retrains: RETRAINS, seed })));
  return all;
}

function figures(retrains: readonly Retrain[]) {
  const kept = retrains.map(({ kept_share }) => kept_share);
  const ratios = retrains.map(({ inertia_ratio }) => inertia_ratio);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    mean: mean(kept),
    worst: Math.min(...kept),
    inertia: mean(ratios),
    inertia_max: Math.max(...ratios),
  };
}

describe.each(CATALOGUES)('%s', (name) => {
  it.each([4, 5, 7])('k=%i: tracks keep their segment over retrains on 5 % more tracks', async (k) => {
    const warm = figures(await histories(name, k, 'warm'));
    const cold = figures(await histories(name, k, 'cold'));
    process.stdout.write(`${JSON.stringify({ name, k, histories: HISTORIES, warm, cold })}\n`);
    expect(warm.mean).toBeGreaterThanOrEqual(MEAN);
    expect(warm.worst).toBeGreaterThanOrEqual(WORST);
    expect(warm.inertia_max).toBeLessThanOrEqual(1 / (1 - 0.02));
  });
});
