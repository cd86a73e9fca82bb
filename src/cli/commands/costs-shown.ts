import { type Bill, driversOf, ITEMS, type LineKind, type ProviderId } from '../../costs/bill.js';
import { runSeconds } from '../../costs/demand.js';
import { HOURS, SPECIFICATION_EUR } from '../../costs/load.js';
import { eurosOf, PRICES, PRICES_DATE, type PriceUnit, USD_PER_EUR } from '../../costs/prices.js';
import { type Io, printLines, printTable } from '../output.js';

const PROVIDER_NAMES: Readonly<Record<ProviderId, string>> = {
  hetzner: 'Hetzner Cloud',
  'cloud-run': 'Google Cloud Run',
  fargate: 'AWS Fargate',
};

const KINDS: Readonly<Record<LineKind, string>> = {
  retrainMachine: 'a machine by the hour',
  retrainProcessor: 'processors of the job',
  retrainMemory: 'memory of the job',
  machines: 'machines',
  processors: 'processors',
  memory: 'memory',
  addresses: 'public addresses',
  balancer: 'load balancer',
  balancerUse: 'what it carries',
  traffic: 'answers sent',
  objects: 'object store',
  moreObjects: 'beyond its first TB',
  looks: 'looks at the registry',
  monitoringMachine: 'a machine for Prometheus',
  samples: 'samples of metrics',
  dashboards: 'dashboards',
  logs: 'logs',
};

const UNITS: Readonly<Record<PriceUnit, string>> = {
  month: 'a month',
  hour: 'an hour',
  vcpuHour: 'a vCPU-hour',
  gibHour: 'a GiB-hour',
  gibMonth: 'a GiB-month',
  gib: 'a GiB',
  tib: 'a TiB',
  thousand: 'a thousand',
  million: 'a million',
};

/** Says what a month costs, then item by item, the dearest line first in each. */
export function printBill(io: Io, bill: Bill): void {
  const { provider, load, assumed, instances, total, items } = bill;
  const share = Math.round((100 * total) / SPECIFICATION_EUR);
  const aSecond = load.requestsPerMonth / (HOURS * 3600);
  const plural = instances.count === 1 ? '' : 's';
  printLines(
    io,
    `${PROVIDER_NAMES[provider]}: ${eur(total)} € a month, ${share} % of the specification's ${SPECIFICATION_EUR} €.`,
    '',
    `${count(load.tracks)} tracks; ${rounded(load.retrainsPerMonth)} retrains, each a run of ${rounded(runSeconds(load.tracks))} s as measured here;`,
    `${count(load.requestsPerMonth)} requests: ${rounded(aSecond)} a second, ${rounded(aSecond * assumed.peak)} in the busiest hour;`,
    `${instances.count} instance${plural} of ${instances.vcpus} vCPU and ${instances.memory} GiB.`,
    '',
  );
  const lines = driversOf(bill);
  const rows = ITEMS.flatMap((item) => [
    [item, '', '', '', '', euros(items[item]), percent(items[item], total)],
    ...lines
      .filter((line) => line.item === item)
      .map((line) => [
        '',
        KINDS[line.kind],
        rounded(line.quantity).padStart(9),
        unitPrice(eurosOf(line.price)),
        UNITS[PRICES[line.price].unit],
        euros(line.eur),
        percent(line.eur, total),
      ]),
  ]);
  const header = ['', '', ' quantity', ' price, €', '', '€ a month', 'share'];
  printTable(io, header, [...rows, ['total', '', '', '', '', euros(total), percent(total, total)]]);
}

/** The totals of every provider at every level of traffic. */
export function printLevels(io: Io, providers: readonly (readonly Bill[])[]): void {
  const [first] = providers;
  printLines(io, '', 'At other traffic, € a month:');
  printTable(
    io,
    ['requests a month', ...providers.map(([bill]) => PROVIDER_NAMES[bill!.provider])],
    (first ?? []).map(({ load }, i) => [
      load.requestsPerMonth,
      ...providers.map((bills) => euros(bills[i]!.total).padStart(PROVIDER_NAMES[bills[i]!.provider].length)),
    ]),
  );
  printLines(
    io,
    '',
    `List prices of ${PRICES_DATE} and before, without VAT, discounts and free allowances; ${USD_PER_EUR.amount} $ for a euro.`,
    'What was measured, what is assumed, where each price is from: docs/costs.md, or --json.',
  );
}

function eur(value: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function euros(value: number): string {
  return eur(value).padStart(9);
}

/** With as many digits as tell cheap units apart. */
function unitPrice(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 }).padStart(9);
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)} %`.padStart(5);
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** Whole from a hundred on, else with three digits. */
function rounded(value: number): string {
  return value >= 100 ? count(value) : value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
