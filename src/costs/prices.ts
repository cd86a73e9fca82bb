/**
 * Public list prices, without VAT, discounts and free allowances. They change: each says when it was so, and where the provider tells
 * today's. Change a price here, its date with it, and nothing else.
 *
 * None was read from a provider's live page. `verified` are those that a dated copy of the provider's page or price list has, or a dated
 * transcript of it; the others come from copies without a date or by arithmetic, as `note` says: look them up before you rely on them.
 */
export interface UnitPrice {
  readonly amount: number;
  readonly currency: 'EUR' | 'USD';
  readonly unit: PriceUnit;
  /** The day for which it is verified, else the day on which it was looked up; ISO 8601. */
  readonly date: string;
  /** Where the provider says it. */
  readonly source: string;
  readonly verified: boolean;
  readonly note?: string;
}

export const PRICE_UNITS = [
  'month',
  'hour',
  'vcpuHour',
  'gibHour',
  'gibMonth',
  'gib',
  'tib',
  'thousand',
  'million',
] as const;

export type PriceUnit = (typeof PRICE_UNITS)[number];

/** Dollars for a euro, by the European Central Bank. */
export const USD_PER_EUR = {
  amount: 1.1133,
  date: '2026-10-28',
  source: 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml',
} as const;

/** The newest date of a price. */
export const PRICES_DATE = '2026-11-29';

const HETZNER = { currency: 'EUR', source: 'https://www.hetzner.com/cloud/', verified: true } as const;

/** After the change of 15 June 2026 for what is ordered anew; Germany and Finland. */
const server = (amount: number, date: string): UnitPrice => ({ ...HETZNER, amount, unit: 'month', date });

/** Hetzner bills by the hour up to the month's price. On 27 May 2026 a CX33 was 0.0104 € an hour and 6.49 € a month: 624 hours. */
export const HETZNER_MOST_HOURS = 624;

const serverHour = (amount: number, date: string): UnitPrice => ({
  ...HETZNER,
  amount,
  unit: 'hour',
  date,
  verified: false,
  note: `a month's price in ${HETZNER_MOST_HOURS} parts, rounded up`,
});

/** From copies without a date. */
const LOOKED_UP = { date: '2026-11-29', verified: false } as const;

const RUN = {
  ...LOOKED_UP,
  currency: 'USD',
  source: 'https://cloud.google.com/run/pricing',
  note: 'instance-based billing and jobs, regions of tier 1 (europe-west1)',
} as const;

const OBSERVABILITY = {
  currency: 'USD',
  source: 'https://cloud.google.com/stackdriver/pricing',
  date: '2026-09-12',
} as const;

const STORAGE = { currency: 'USD', source: 'https://cloud.google.com/storage/pricing' } as const;

const FRANKFURT = { currency: 'USD', date: '2026-08-26', verified: true } as const;

export const PRICES = {
  hetznerCpx12: server(11.49, '2026-09-25'),
  hetznerCpx22: server(19.49, '2026-10-09'),
  hetznerCpx32: server(35.49, '2026-10-09'),
  hetznerCcx23: server(85.99, '2026-10-28'),
  hetznerCcx33: server(138.49, '2026-10-28'),
  hetznerCpx22Hour: serverHour(0.0313, '2026-10-09'),
  hetznerCpx32Hour: serverHour(0.0569, '2026-10-09'),
  hetznerCcx23Hour: serverHour(0.1379, '2026-10-28'),
  hetznerCcx33Hour: serverHour(0.222, '2026-10-28'),
  hetznerIpv4: server(0.5, '2026-09-25'),
  hetznerBalancer: { ...server(7.49, '2026-09-25'), note: 'LB11, 6.99 €, with an IPv4 address' },
  hetznerTraffic: {
    ...HETZNER,
    amount: 1,
    unit: 'tib',
    date: '2026-09-25',
    note: 'beyond the 20 TB of a server or balancer',
  },
  hetznerObjects: {
    ...HETZNER,
    amount: 6.49,
    unit: 'month',
    date: '2026-09-25',
    source: 'https://www.hetzner.com/storage/object-storage/',
    note: 'with 1 TB stored and 1 TB of traffic',
  },
  hetznerMoreObjects: {
    ...HETZNER,
    amount: 0.0087,
    unit: 'hour',
    date: '2026-09-25',
    source: 'https://www.hetzner.com/storage/object-storage/',
    note: 'a TB beyond the first',
  },

  runVcpu: { ...RUN, amount: 0.0648, unit: 'vcpuHour' },
  runMemory: { ...RUN, amount: 0.0072, unit: 'gibHour' },
  googleTraffic: {
    currency: 'USD',
    amount: 0.12,
    unit: 'gib',
    ...LOOKED_UP,
    source: 'https://cloud.google.com/vpc/network-pricing',
    note: 'premium tier, the first TiB a month; more is cheaper',
  },
  googleObjects: {
    ...STORAGE,
    amount: 0.02,
    unit: 'gibMonth',
    date: '2026-09-20',
    verified: true,
    note: 'standard, one region; read for us-central1, the same as europe-west1 by other copies',
  },
  googleReads: {
    ...STORAGE,
    amount: 0.0004,
    unit: 'thousand',
    ...LOOKED_UP,
    note: 'class B operations',
  },
  googleSamples: {
    ...OBSERVABILITY,
    amount: 0.06,
    unit: 'million',
    ...LOOKED_UP,
    note: 'the first 50 billion',
  },
  googleLogs: { ...OBSERVABILITY, amount: 0.5, unit: 'gib', verified: true, note: 'kept for 30 days' },

  fargateVcpu: {
    ...FRANKFURT,
    amount: 0.04656,
    unit: 'vcpuHour',
    source: 'https://aws.amazon.com/fargate/pricing/',
    note: 'Linux, x86, Frankfurt',
  },
  fargateMemory: {
    ...FRANKFURT,
    amount: 0.00511,
    unit: 'gibHour',
    source: 'https://aws.amazon.com/fargate/pricing/',
    note: 'Linux, x86, Frankfurt',
  },
  awsBalancer: {
    ...FRANKFURT,
    amount: 0.027,
    unit: 'hour',
    source: 'https://aws.amazon.com/elasticloadbalancing/pricing/',
    note: 'Application Load Balancer',
  },
  awsBalancerUse: {
    ...FRANKFURT,
    amount: 0.008,
    unit: 'hour',
    source: 'https://aws.amazon.com/elasticloadbalancing/pricing/',
    note: 'a capacity unit: 25 new connections a second or 1 GB an hour',
  },
  awsIpv4: { ...FRANKFURT, amount: 0.005, unit: 'hour', source: 'https://aws.amazon.com/vpc/pricing/' },
  awsTraffic: {
    ...FRANKFURT,
    amount: 0.09,
    unit: 'gib',
    source: 'https://aws.amazon.com/ec2/pricing/on-demand/',
    ...LOOKED_UP,
    note: 'the first 10 TB a month; more is cheaper',
  },
  awsObjects: {
    ...FRANKFURT,
    amount: 0.0245,
    unit: 'gibMonth',
    source: 'https://aws.amazon.com/s3/pricing/',
    date: '2024-09-30',
    note: 'S3 standard',
  },
  awsReads: {
    ...FRANKFURT,
    amount: 0.00043,
    unit: 'thousand',
    source: 'https://aws.amazon.com/s3/pricing/',
    ...LOOKED_UP,
    note: 'GET',
  },
  awsSamples: {
    ...FRANKFURT,
    amount: 0.09,
    unit: 'million',
    source: 'https://aws.amazon.com/prometheus/pricing/',
    ...LOOKED_UP,
    note: '0.90 $ for 10 million, the first 2 billion',
  },
  awsGrafana: {
    ...FRANKFURT,
    amount: 9,
    unit: 'month',
    source: 'https://aws.amazon.com/grafana/pricing/',
    ...LOOKED_UP,
    note: 'one person who edits',
  },
  awsLogs: { ...FRANKFURT, amount: 0.63, unit: 'gib', source: 'https://aws.amazon.com/cloudwatch/pricing/' },
} as const satisfies Readonly<Record<string, UnitPrice>>;

export type PriceId = keyof typeof PRICES;

/** In euros, for one unit. */
export function eurosOf(id: PriceId): number {
  const { amount, currency } = PRICES[id];
  return currency === 'USD' ? amount / USD_PER_EUR.amount : amount;
}
