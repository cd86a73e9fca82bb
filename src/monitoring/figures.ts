import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Seconds; fine from 1 to 50 ms, where answers and their limit lie. */
const LATENCY_BUCKETS = [
  0.0005, 0.001, 0.002, 0.003, 0.004, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075, 0.1,
  0.25, 0.5, 1, 2.5, 10,
] as const;

/** Registers every figure of the service; the names are part of its interface, dashboards and alerts read them. */
export function serviceFigures(register: Registry) {
  const registers = [register];
  return {
    requests: new Counter({
      name: 'segue_http_requests_total',
      help: 'Requests by method, route and status; 499: the client went away',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    latency: new Histogram({
      name: 'segue_http_request_duration_seconds',
      help: 'From the arrival of the headers to the last byte of the answer',
      labelNames: ['method', 'route'],
      buckets: [...LATENCY_BUCKETS],
      registers,
    }),
    inFlight: new Gauge({
      name: 'segue_http_requests_in_flight',
      help: 'Requests under way',
      registers,
    }),
    predictions: new Counter({
      name: 'segue_predictions_total',
      help: 'Tracks put into each segment, by model version',
      labelNames: ['version', 'cluster_id'],
      registers,
    }),
    model: new Gauge({
      name: 'segue_model_info',
      help: '1 for the model version that answers',
      labelNames: ['version'],
      registers,
    }),
    promoted: new Gauge({
      name: 'segue_model_promoted_timestamp_seconds',
      help: 'When the model that answers came into production (Unix time)',
      registers,
    }),
    age: new Gauge({
      name: 'segue_model_age_seconds',
      help: 'Time since the model that answers came into production',
      registers,
    }),
    refused: new Gauge({
      name: 'segue_model_refused',
      help: '1 while the version in production cannot be used, so that an earlier one answers, or none',
      registers,
    }),
    refusals: new Counter({
      name: 'segue_model_refusals_total',
      help: 'Versions in production that could not be used',
      registers,
    }),
  };
}
