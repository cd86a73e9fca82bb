import type { Metric, MetricValue, Registry } from 'prom-client';

/** Upper bounds of the buckets in seconds; fine from 1 to 50 ms, where answers and their limit lie. */
export const LATENCY_BUCKETS = [
  0.0005, 0.001, 0.002, 0.003, 0.004, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075, 0.1,
  0.25, 0.5, 1, 2.5, 10,
] as const;

/** One histogram: observations per bucket (the last one has no bound), and their sum in seconds. */
export interface Latency {
  readonly buckets: Float64Array;
  sum: number;
}

export function observe(latency: Latency, seconds: number): void {
  let b = 0;
  while (b < LATENCY_BUCKETS.length && seconds > LATENCY_BUCKETS[b]!) b += 1;
  latency.buckets[b]! += 1;
  latency.sum += seconds;
}

/** Makes the histograms of one metric. */
export interface LatencyFamily<Label extends string> {
  latency(labels: Readonly<Record<Label, string>>): Latency;
}

/**
 * Registers a histogram in prom-client's form that is filled by `observe`: prom-client's own looks its labels up anew for each
 * observation, ten times the cost.
 */
export function latencyFamily<Label extends string>(
  register: Registry,
  name: string,
  help: string,
): LatencyFamily<Label> {
  const all: (readonly [labels: Readonly<Record<Label, string>>, latency: Latency])[] = [];
  const values = (): MetricValue<string>[] => all.flatMap((one) => valuesOf(name, ...one));
  const metric = { name, help, type: 'histogram', aggregator: 'sum' } as const;
  register.registerMetric({
    ...metric,
    get: async () => ({ ...metric, values: values() }),
  } as unknown as Metric); // what a registry asks of a metric; its type names the classes only
  return {
    latency(labels) {
      const latency = { buckets: new Float64Array(LATENCY_BUCKETS.length + 1), sum: 0 };
      all.push([labels, latency]);
      return latency;
    },
  };
}

function valuesOf(
  name: string,
  labels: Readonly<Record<string, string>>,
  { buckets, sum }: Latency,
): (MetricValue<string> & { metricName: string })[] {
  let count = 0;
  const cumulative = [...LATENCY_BUCKETS, '+Inf'].map((le, b) => {
    count += buckets[b]!;
    return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count };
  });
  return [
    ...cumulative,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
