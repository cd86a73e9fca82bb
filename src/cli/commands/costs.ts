import { Option } from 'commander';
import { type Bill, driversOf, PROVIDERS, type ProviderId } from '../../costs/bill.js';
import {
  ASSUMED,
  type Assumptions,
  LIMITS,
  type Load,
  SPECIFICATION_EUR,
  SPECIFIED,
} from '../../costs/load.js';
import { MEASURED } from '../../costs/measured.js';
import { monthAt, monthAtLevels } from '../../costs/month.js';
import { PRICES, PRICES_DATE, USD_PER_EUR } from '../../costs/prices.js';
import { printJson } from '../output.js';
import { integer, type NumberLimits, number } from '../parse.js';
import { type AddCommand, withJson } from './common.js';
import { printBill, printLevels } from './costs-shown.js';

type Options = Assumptions & {
  readonly tracks: number;
  readonly requests: number;
  readonly retrains: number;
  readonly provider: ProviderId;
  readonly json?: boolean;
};

const SHARE: NumberLimits = { minimum: 0, maximum: 1 };
const POSITIVE: NumberLimits = { exclusiveMinimum: 0 };
const PART: NumberLimits = { exclusiveMinimum: 0, maximum: 1 };

/** Each assumption has an option of its name. */
const ASSUMPTION_OPTIONS: Readonly<
  Record<keyof Assumptions, readonly [string, string, (text: string) => number]>
> = {
  minInstances: ['--min-instances <number>', 'fewest instances of the service', integer(1)],
  utilisation: ['--utilisation <share>', 'of the processors, in the busiest hour', number(PART)],
  peak: ['--peak <times>', 'requests a second of the busiest hour against the mean', number({ minimum: 1 })],
  vcpuSpeed: ['--vcpu-speed <share>', "a provider's vCPU against a measured core", number(POSITIVE)],
  memoryUse: ['--memory-use <share>', 'of the memory that may be used', number(PART)],
  playlistShare: ['--playlist-share <share>', 'requests that ask for playlists', number(SHARE)],
  refusedShare: ['--refused-share <share>', 'requests that are refused, and so logged', number(SHARE)],
  bootSeconds: ['--boot-seconds <seconds>', "a retrain's machine beside the run", number({ minimum: 0 })],
  scrapeSeconds: ['--scrape-seconds <seconds>', 'between two scrapes of the metrics', number(POSITIVE)],
  versionsKept: ['--versions-kept <number>', 'newest versions that stay', integer(2)],
  datasetsKept: ['--datasets-kept <number>', 'newest runs whose cleaned tracks stay', integer(1)],
  monthsOfRuns: ['--months-of-runs <number>', 'whose run records stay', integer(1)],
  wire: ['--wire <times>', 'bytes on the wire against those of HTTP', number({ minimum: 1 })],
  requestsPerConnection: [
    '--requests-per-connection <number>',
    'before it is closed',
    number({ minimum: 1 }),
  ],
};

/** `segue costs`: what a month costs, and what drives it. */
export const addCosts: AddCommand = (program, { io }) => {
  const command = program
    .command('costs')
    .description(
      'what a month costs at a provider, and what drives it; by measured figures and dated list prices',
    )
    .addOption(new Option('--provider <name>', 'where it runs').choices(PROVIDERS).default('hetzner'))
    .option('--tracks <number>', 'in the catalogue', limited(LIMITS.tracks), SPECIFIED.tracks)
    .option('--requests <number>', 'a month', limited(LIMITS.requestsPerMonth), SPECIFIED.requestsPerMonth)
    .addOption(
      new Option('--retrains <number>', 'a month')
        .argParser(within(LIMITS.retrainsPerMonth))
        .default(SPECIFIED.retrainsPerMonth, 'weekly'),
    )
    .option('--verbose', 'show stack traces of errors');
  for (const [name, [flag, description, parse]] of Object.entries(ASSUMPTION_OPTIONS))
    command.option(flag, description, parse, ASSUMED[name as keyof Assumptions]);
  withJson(command).action((options: Options) => {
    const load: Load = {
      tracks: options.tracks,
      requestsPerMonth: options.requests,
      retrainsPerMonth: options.retrains,
    };
    const assumed = assumedOf(options);
    const bill = monthAt(options.provider, load, assumed);
    const levels = PROVIDERS.map((provider) => monthAtLevels(provider, load, assumed));
    if (options.json) return printJson(io, forMachines(bill, levels.flat()));
    printBill(io, bill);
    printLevels(io, levels);
  });
};

function limited({
  least,
  most,
}: {
  readonly least: number;
  readonly most: number;
}): (text: string) => number {
  return integer(least, most);
}

function within({
  least,
  most,
}: {
  readonly least: number;
  readonly most: number;
}): (text: string) => number {
  return number({ minimum: least, maximum: most });
}

function assumedOf(options: Options): Assumptions {
  const names = Object.keys(ASSUMED) as (keyof Assumptions)[];
  return Object.fromEntries(names.map((name) => [name, options[name]])) as unknown as Assumptions;
}

function forMachines(bill: Bill, levels: readonly Bill[]): Record<string, unknown> {
  const { provider, load, assumed, instances, items, total } = bill;
  return {
    provider,
    tracks: load.tracks,
    requests_per_month: load.requestsPerMonth,
    retrains_per_month: load.retrainsPerMonth,
    instances,
    eur_per_month: total,
    specification_eur_per_month: SPECIFICATION_EUR,
    items,
    lines: driversOf(bill).map((line) => ({ ...line, unit_price: PRICES[line.price] })),
    levels: levels.map((one) => ({
      provider: one.provider,
      requests_per_month: one.load.requestsPerMonth,
      eur_per_month: one.total,
      items: one.items,
    })),
    assumed,
    prices: { date: PRICES_DATE, usd_per_eur: USD_PER_EUR },
    measured: MEASURED,
  };
}
