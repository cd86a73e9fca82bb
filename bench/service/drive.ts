import autocannon from 'autocannon';
import type { Served } from './server.js';

/** What a server did while it was driven. */
export interface Drive {
  /** Answers 200 per second of the clock. */
  readonly perSecond: number;
  /** Answers 200 per second of the server's processor: what one core gives when the client doesn't hold it up. */
  readonly perCpuSecond: number;
  /** What the server used of its processor meanwhile. */
  readonly cpuSeconds: number;
  readonly accepted: Latencies;
  /** Answers 503 per second. */
  readonly refusedPerSecond: number;
  /** Answers other than 200 and 503, broken and timed-out connections. */
  readonly errors: number;
}

/** Of the answers 200, in milliseconds. */
export interface Latencies {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

const TRACK = JSON.stringify({
  instrumentalness: 0.0004,
  speechiness: 0.052,
  danceability: 0.64,
  valence: 0.47,
  tempo: 121.5,
});

/** Asks for one prediction after the other on each of so many kept-alive connections. */
export async function drive(
  server: Served,
  key: string,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<Drive> {
  const accepted: number[] = [];
  let [refused, wrong] = [0, 0];
  const before = await server.cpuSeconds();
  const began = performance.now();
  const { errors, timeouts } = await new Promise<autocannon.Result>((resolve, reject) => {
    const options = {
      url: `${server.url}/v1/predict/cluster`,
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: TRACK,
      connections,
      duration: seconds,
    } as const;
    const driven = autocannon(options, (error: Error | null, result) => {
      if (error === null) resolve(result);
      else reject(error);
    });
    driven.on('response', (_client, status, _bytes, milliseconds) => {
      if (status === 200) accepted.push(milliseconds);
      else if (status === 503) refused += 1;
      else wrong += 1;
    });
  });
  const elapsed = (performance.now() - began) / 1000;
  const cpu = (await server.cpuSeconds()) - before;
  return {
    perSecond: accepted.length / elapsed,
    perCpuSecond: accepted.length / cpu,
    cpuSeconds: cpu,
    accepted: latenciesOf(Float64Array.from(accepted).toSorted()),
    refusedPerSecond: refused / elapsed,
    errors: errors + timeouts + wrong,
  };
}

function latenciesOf(sorted: Float64Array): Latencies {
  const at = (share: number): number =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
