import * as fc from 'fast-check';
import { Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import type { Model } from '#segue/models/format.js';
import { compile, predictOne } from '#segue/models/predict.js';
import { LATENCY_BUCKETS, latencyFamily, observe } from '#segue/monitoring/latencies.js';
import { prometheusObserver } from '#segue/monitoring/metrics.js';
import type { LiveModel } from '#segue/service/live-model.js';
import type { Observer } from '#segue/service/observer.js';
import { exampleModel } from '../models/example.js';

const model = exampleModel();
const names = model.contract.features.map(({ name }) => name);

function liveOf(given: Model): LiveModel {
  const { version, contract } = given;
  return {
    version,
    promotedAt: new Date(0),
    contract,
    model: given,
    compiled: compile(given),
    segmentNames: [],
    pins: new Map(),
    profile: { catalogue: { rows: 0, features: [] }, segments: [] },
  };
}

/** A track is put into its segment. */
function ask({ asked }: Observer, live: LiveModel, values: readonly number[]): void {
  asked.predicted(live, predictOne(live.compiled, values), values);
}

/** The value of a line of the exposition, by its name and labels. */
async function valueOf(exposition: Promise<string>, line: string): Promise<number> {
  const text = await exposition;
  const found = text.split('\n').find((one) => one.startsWith(`${line} `));
  expect(found, line).toBeDefined();
  return Number(found!.slice(line.length));
}

describe('what was asked', () => {
  it('gives the mean and the standard deviation back, whatever was asked', async () => {
    const usual = fc.array(fc.tuple(...names.map(() => fc.double({ min: 0, max: 250, noNaN: true }))), {
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(usual, async (tracks) => {
        const observer = prometheusObserver();
        const live = liveOf(model);
        for (const values of tracks) ask(observer, live, values);
        const read = (name: string) =>
          valueOf(observer.exposition(), `segue_feature_${name}_total{feature="${names.at(-1)}"}`);
        const [n, sum, squares, left] = [
          await read('asked'),
          await read('asked_sum'),
          await read('asked_squares'),
          await read('left_out'),
        ];
        const tempi = tracks.map((values) => values.at(-1)!);
        const summed = tempi.filter(
          (x) => Math.abs(x - model.reference.at(-1)!.mean) <= 1000 * model.scaler.sd.at(-1)!,
        );
        expect(n + left).toBe(tempi.length);
        expect(n).toBe(summed.length);
        expect(sum).toBe(summed.reduce((a, x) => a + x, 0));
        expect(squares).toBe(summed.reduce((a, x) => a + x * x, 0));
      }),
      { numRuns: 30 },
    );
  });

  it('counts values outside the training rows, and keeps absurd ones out of the sums', async () => {
    const observer = prometheusObserver();
    const live = liveOf(model);
    const inside = model.reference.map(({ mean }) => mean);
    const [feature] = names;
    ask(observer, live, inside);
    ask(observer, live, inside.with(0, 1e300));
    ask(observer, live, inside.with(0, model.reference[0]!.min - 1));
    const read = (line: string) => valueOf(observer.exposition(), line);
    expect(await read(`segue_feature_out_of_range_total{feature="${feature}",side="above"}`)).toBe(1);
    expect(await read(`segue_feature_out_of_range_total{feature="${feature}",side="below"}`)).toBe(1);
    const left = await read(`segue_feature_left_out_total{feature="${feature}"}`);
    expect(left).toBeGreaterThanOrEqual(1);
    expect(await read(`segue_feature_asked_total{feature="${feature}"}`)).toBe(3 - left);
    expect(Number.isFinite(await read(`segue_feature_asked_squares_total{feature="${feature}"}`))).toBe(true);
  });

  it('counts a feature that may be negative from its lower bound', async () => {
    const features = model.contract.features.map((feature, j) =>
      j === 0 ? { ...feature, request: { minimum: -60, maximum: 5 } } : feature,
    );
    const quiet = { ...model, contract: { ...model.contract, features } };
    const observer = prometheusObserver();
    const inside = model.reference.map(({ mean }) => mean);
    ask(observer, liveOf(quiet), inside.with(0, inside[0]! - model.scaler.sd[0]!));
    const read = (name: string) => valueOf(observer.exposition(), `${name}{feature="${names[0]}"}`);
    expect(await read('segue_feature_origin')).toBe(-60);
    expect(await read('segue_feature_asked_sum_total')).toBeCloseTo(inside[0]! - model.scaler.sd[0]! + 60, 9);
  });
});

it('a histogram reads as prom-client writes its own', async () => {
  const seconds = fc.array(
    fc.oneof(fc.constantFrom(...LATENCY_BUCKETS), fc.double({ min: 0, max: 20, noNaN: true })),
    { maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(seconds, async (observations) => {
      const [ours, theirs] = [new Registry(), new Registry()];
      const latency = latencyFamily<'route'>(ours, 'h', 'help').latency({ route: '/a' });
      const peer = new Histogram({
        name: 'h',
        help: 'help',
        labelNames: ['route'],
        buckets: [...LATENCY_BUCKETS],
        registers: [theirs],
      });
      peer.zero({ route: '/a' });
      for (const one of observations) {
        observe(latency, one);
        peer.observe({ route: '/a' }, one);
      }
      expect(await ours.metrics()).toBe(await theirs.metrics());
    }),
    { numRuns: 50 },
  );
});
