import { type Line, lineOf } from '../bill.js';
import type { Demand } from '../demand.js';
import { HOURS } from '../load.js';
import { HETZNER_MOST_HOURS, PRICES, type PriceId } from '../prices.js';
import { type Rented, type Size, sizeFor } from './rented.js';

interface Server extends Size {
  readonly price: PriceId;
}

/** Of those that can be ordered, the cheapest of each size, the cheapest first. */
const SERVERS: readonly Server[] = [
  { price: 'hetznerCpx12', vcpus: 1, memory: 2 },
  { price: 'hetznerCpx22', vcpus: 2, memory: 4 },
  { price: 'hetznerCpx32', vcpus: 4, memory: 8 },
  { price: 'hetznerCcx23', vcpus: 4, memory: 16 },
  { price: 'hetznerCcx33', vcpus: 8, memory: 32 },
];

/** The same by the hour, for retrains: two processors, as the runs were measured. */
const WORKERS: readonly Server[] = [
  { price: 'hetznerCpx22Hour', vcpus: 2, memory: 4 },
  { price: 'hetznerCpx32Hour', vcpus: 4, memory: 8 },
  { price: 'hetznerCcx23Hour', vcpus: 4, memory: 16 },
  { price: 'hetznerCcx33Hour', vcpus: 8, memory: 32 },
];

/** With a server that callers reach, or with the load balancer before several, TiB a month. */
const TRAFFIC_INCLUDED = 20;

/** In the price of an object store, TiB. */
const OBJECTS_INCLUDED = 1;

/** What Prometheus, Alertmanager and Grafana are given, GiB: a guess. */
const MONITORING_MEMORY = 2;

/** Servers by the month; one by the hour for each retrain; an object store as the registry; Prometheus and Grafana on a server of their own. */
export function rentHetzner({ retrain, serving, stored }: Demand, minInstances: number): Rented {
  const { server, count } = serversFor(serving.vcpus, serving.memory, minInstances);
  const worker = sizeFor(WORKERS, retrain.vcpus, retrain.memory);
  const hours = Math.min(HETZNER_MOST_HOURS, retrain.times * Math.ceil(retrain.seconds / 3600));
  const watcher = sizeFor(SERVERS, 1, MONITORING_MEMORY);
  const moreTraffic = Math.max(0, serving.traffic / 1024 - TRAFFIC_INCLUDED);
  const moreObjects = Math.max(0, stored / 1024 - OBJECTS_INCLUDED);
  const lines: Line[] = [
    lineOf('retraining', 'retrainMachine', worker.price, hours),
    lineOf('serving', 'machines', server.price, count),
    lineOf('serving', 'addresses', 'hetznerIpv4', count),
    lineOf('serving', 'balancer', 'hetznerBalancer', count > 1 ? 1 : 0),
    lineOf('serving', 'traffic', 'hetznerTraffic', moreTraffic),
    lineOf('storage', 'objects', 'hetznerObjects', 1),
    lineOf('storage', 'moreObjects', 'hetznerMoreObjects', moreObjects * HOURS),
    lineOf('monitoring', 'monitoringMachine', watcher.price, 1),
    lineOf('monitoring', 'addresses', 'hetznerIpv4', 1),
  ];
  return { lines, instances: { count, vcpus: server.vcpus, memory: server.memory } };
}

/** So many of that kind which cost least together. */
function serversFor(vcpus: number, memory: number, least: number): { server: Server; count: number } {
  const cost = ({ server, count }: { server: Server; count: number }): number =>
    count * (PRICES[server.price].amount + PRICES.hetznerIpv4.amount) +
    (count > 1 ? PRICES.hetznerBalancer.amount : 0);
  return SERVERS.filter((server) => server.memory >= memory)
    .map((server) => ({ server, count: Math.max(least, Math.ceil(vcpus / server.vcpus)) }))
    .reduce((best, one) => (cost(one) < cost(best) ? one : best));
}
