import { type Line, lineOf } from '../bill.js';
import type { Demand } from '../demand.js';
import { HOURS } from '../load.js';
import { type Rented, type Size, sizeFor } from './rented.js';

/** Of the sizes of a task, those that the service is given (docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html). */
const SIZES: readonly Size[] = [
  { vcpus: 0.5, memory: 1 },
  { vcpus: 0.5, memory: 2 },
  { vcpus: 0.5, memory: 4 },
  { vcpus: 1, memory: 8 },
  { vcpus: 2, memory: 16 },
  { vcpus: 4, memory: 30 },
];

/** Those of a retrain. */
const JOB_SIZES: readonly Size[] = [
  { vcpus: 2, memory: 4 },
  { vcpus: 2, memory: 8 },
  { vcpus: 2, memory: 16 },
  { vcpus: 4, memory: 30 },
];

/** A task is billed for a minute at least. */
const LEAST_TASK_SECONDS = 60;

/** A load balancer stands in two zones at least, with an address in each. */
const BALANCER_ADDRESSES = 2;

/** A load balancer's unit: new connections a second, GiB an hour. */
const [UNIT_CONNECTIONS, UNIT_GIB] = [25, 1];

/**
 * Tasks on Fargate with an address each behind a load balancer, all month as many as the busiest hour needs; a task for each retrain, S3 as
 * the registry, Managed Prometheus, one editor of Managed Grafana, CloudWatch Logs.
 */
export function rentFargate(demand: Demand, minInstances: number): Rented {
  const { retrain, serving, stored, looks, samples, logs } = demand;
  const size = sizeFor(SIZES, 0, serving.memory);
  const count = Math.max(minInstances, Math.ceil(serving.vcpus / size.vcpus));
  const job = sizeFor(JOB_SIZES, retrain.vcpus, retrain.memory);
  const jobHours = (retrain.times * Math.max(LEAST_TASK_SECONDS, retrain.seconds)) / 3600;
  const units = Math.max(serving.connections / UNIT_CONNECTIONS, serving.traffic / HOURS / UNIT_GIB);
  const lines: Line[] = [
    lineOf('retraining', 'retrainProcessor', 'fargateVcpu', jobHours * job.vcpus),
    lineOf('retraining', 'retrainMemory', 'fargateMemory', jobHours * job.memory),
    lineOf('serving', 'processors', 'fargateVcpu', HOURS * count * size.vcpus),
    lineOf('serving', 'memory', 'fargateMemory', HOURS * count * size.memory),
    lineOf('serving', 'balancer', 'awsBalancer', HOURS),
    lineOf('serving', 'balancerUse', 'awsBalancerUse', HOURS * units),
    lineOf('serving', 'addresses', 'awsIpv4', HOURS * (BALANCER_ADDRESSES + count)),
    lineOf('serving', 'traffic', 'awsTraffic', serving.traffic),
    lineOf('storage', 'objects', 'awsObjects', stored),
    lineOf('storage', 'looks', 'awsReads', (count * looks) / 1000),
    lineOf('monitoring', 'samples', 'awsSamples', (count * samples) / 1e6),
    lineOf('monitoring', 'dashboards', 'awsGrafana', 1),
    lineOf('monitoring', 'logs', 'awsLogs', logs),
  ];
  return { lines, instances: { count, vcpus: size.vcpus, memory: size.memory } };
}
