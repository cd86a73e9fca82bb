import { Gauge, type Registry } from 'prom-client';
import type { Operation } from '../service/observer.js';
import { type Count, countFamily } from './counts.js';
import { type Latency, latencyFamily, observe } from './latencies.js';

/** What is kept of one operation. */
interface OperationFigures {
  readonly latency: Latency;
  readonly byStatus: Map<number, Count>;
}

/** Counts requests by operation and status, with their latencies. */
export function requestFigures(register: Registry) {
  const requests = countFamily(
    register,
    'segue_http_requests_total',
    'Requests by method, route and status; 499: the client went away',
    ['method', 'route', 'status'],
  );
  const latencies = latencyFamily<'method' | 'route'>(
    register,
    'segue_http_request_duration_seconds',
    'From the arrival of the headers to the last byte of the answer',
  );
  let underWay = 0;
  const inFlight = new Gauge({
    name: 'segue_http_requests_in_flight',
    help: 'Requests under way',
    collect() {
      this.set(underWay);
    },
    registers: [],
  });
  register.registerMetric(inFlight);
  const figures = new Map<Operation, OperationFigures>();

  return {
    started: (): void => {
      underWay += 1;
    },
    ended: (operation: Operation, status: number, seconds: number): void => {
      underWay -= 1;
      let own = figures.get(operation);
      if (own === undefined) {
        own = { latency: latencies.latency({ ...operation }), byStatus: new Map() };
        figures.set(operation, own);
      }
      let count = own.byStatus.get(status);
      if (count === undefined) {
        count = requests.count({ ...operation, status });
        own.byStatus.set(status, count);
      }
      count.value += 1;
      observe(own.latency, seconds);
    },
  };
}
