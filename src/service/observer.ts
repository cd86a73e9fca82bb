import type { Asked } from '../drift/asked.js';
import type { LiveModel } from './live-model.js';

/** Where a request went: objects that live as long as the service, one for each, so that a listener can keep figures by them. */
export interface Operation {
  readonly method: string;
  /** Path of the operation as in the OpenAPI document, never the path as sent; `unmatched` where there is none. */
  readonly route: string;
}

/** What the service tells as it works; called for every request, so a listener must be quick. Metrics are one listener. */
export interface Observer {
  /** Counts the tracks that are put into segments. */
  readonly asked: Asked;
  requestStarted(): void;
  /** @param status HTTP status; 499 where the client went away before the answer was complete */
  requestEnded(operation: Operation, status: number, seconds: number): void;
  modelServed(live: LiveModel): void;
  /** Whether the version in production is not the one that answers, because it can't be used. */
  modelRefused(refused: boolean): void;
  /** Figures in Prometheus' text format. */
  exposition(): Promise<string>;
}
