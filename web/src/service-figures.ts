/** What the service tells of itself since it started. */
export interface ServiceFigures {
  readonly requests: number;
  readonly errors: number;
  /** Upper bound of the bucket in which that share of requests ends, in milliseconds; null without requests. */
  readonly p50: number | null;
  readonly p95: number | null;
}

const LINE = /^(\w+)(?:\{(.*)\})? (\S+)$/;

/** Reads Prometheus' text format as far as this page needs it. */
export function serviceFigures(text: string): ServiceFigures {
  let [requests, errors] = [0, 0];
  const buckets = new Map<number, number>();
  for (const found of text.matchAll(new RegExp(LINE, 'gm'))) {
    const [, name, labels = '', value] = found;
    const label = (of: string): string | undefined => new RegExp(`(?:^|,)${of}="([^"]*)"`).exec(labels)?.[1];
    if (!(label('route') ?? '').startsWith('/v1/')) continue;
    if (name === 'segue_http_requests_total') {
      requests += Number(value);
      if (label('status')?.startsWith('5') === true) errors += Number(value);
    } else if (name === 'segue_http_request_duration_seconds_bucket') {
      const bound = Number(label('le') === '+Inf' ? Number.POSITIVE_INFINITY : label('le'));
      buckets.set(bound, (buckets.get(bound) ?? 0) + Number(value));
    }
  }
  const bounds = [...buckets].toSorted(([a], [b]) => a - b);
  const all = bounds.at(-1)?.[1] ?? 0;
  const quantile = (share: number): number | null => {
    const bound = all === 0 ? undefined : bounds.find(([, count]) => count >= share * all)?.[0];
    return bound === undefined ? null : 1000 * bound;
  };
  return { requests, errors, p50: quantile(0.5), p95: quantile(0.95) };
}
