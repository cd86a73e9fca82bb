import type { LiveModel } from './live-model.js';

/** How one request ended. */
export interface RequestOutcome {
  readonly method: string;
  /** Path of the operation as in the OpenAPI document, never the path as sent; `unmatched` where there is none. */
  readonly route: string;
  /** HTTP status; 499 where the client went away before the answer was complete. */
  readonly status: number;
  readonly seconds: number;
}

/** What the service tells as it works. Metrics are one listener. */
export interface Observer {
  requestStarted(): void;
  requestEnded(outcome: RequestOutcome): void;
  /** So many tracks were put into that segment. */
  predicted(version: string, clusterId: number, tracks: number): void;
  modelServed(live: LiveModel): void;
  /** Whether the version in production is not the one that answers, because it can't be used. */
  modelRefused(refused: boolean): void;
  /** Figures in Prometheus' text format. */
  exposition(): Promise<string>;
}
