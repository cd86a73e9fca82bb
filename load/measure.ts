import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** Most failures that are kept to be shown. */
const KEPT_FAILURES = 5;

const MICROSECONDS = 1000;

/** Latencies in milliseconds, from the first byte sent to the last byte read. */
export interface Figures {
  readonly requests: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly p99_ms: number;
  readonly max_ms: number;
}

export interface Result extends Figures {
  readonly errors: number;
  readonly seconds: number;
  readonly requests_per_second: number;
  readonly actions: Readonly<Record<string, Figures>>;
  /** The first failures, as they came. */
  readonly failures: readonly string[];
}

/** Counts what users were answered. */
export class Tally {
  readonly #all = createHistogram({ figures: 3 });
  readonly #actions = new Map<string, RecordableHistogram>();
  readonly #failures: string[] = [];
  errors = 0;

  /** @param failure what is wrong with the answer; undefined for a right one */
  add(action: string, milliseconds: number, failure: string | undefined): void {
    const value = Math.max(1, Math.round(milliseconds * MICROSECONDS));
    const own = this.#actions.get(action) ?? createHistogram({ figures: 3 });
    this.#actions.set(action, own);
    own.record(value);
    this.#all.record(value);
    if (failure === undefined) return;
    this.errors += 1;
    if (this.#failures.length < KEPT_FAILURES) this.#failures.push(`${action}: ${failure}`);
  }

  result(seconds: number): Result {
    const all = figuresOf(this.#all);
    return {
      ...all,
      errors: this.errors,
      seconds,
      requests_per_second: all.requests / seconds,
      actions: Object.fromEntries([...this.#actions].map(([name, one]) => [name, figuresOf(one)])),
      failures: this.#failures,
    };
  }
}

function figuresOf(histogram: RecordableHistogram): Figures {
  const percentile = (share: number): number => histogram.percentile(share) / MICROSECONDS;
  const requests = histogram.count;
  return {
    requests,
    p50_ms: requests === 0 ? 0 : percentile(50),
    p95_ms: requests === 0 ? 0 : percentile(95),
    p99_ms: requests === 0 ? 0 : percentile(99),
    max_ms: requests === 0 ? 0 : histogram.max / MICROSECONDS,
  };
}
