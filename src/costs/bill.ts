import type { Assumptions, Load } from './load.js';
import { eurosOf, type PriceId } from './prices.js';

/** The rows of the specification's table. */
export const ITEMS = ['retraining', 'serving', 'storage', 'monitoring'] as const;

export type Item = (typeof ITEMS)[number];

/** What is paid for. */
export const LINE_KINDS = [
  'retrainMachine',
  'retrainProcessor',
  'retrainMemory',
  'machines',
  'processors',
  'memory',
  'addresses',
  'balancer',
  'balancerUse',
  'traffic',
  'objects',
  'moreObjects',
  'looks',
  'monitoringMachine',
  'samples',
  'dashboards',
  'logs',
] as const;

export type LineKind = (typeof LINE_KINDS)[number];

/** One line of a bill: a quantity at a price. */
export interface Line {
  readonly item: Item;
  readonly kind: LineKind;
  /** In units of the price. */
  readonly quantity: number;
  readonly price: PriceId;
  readonly eur: number;
}

export const PROVIDERS = ['hetzner', 'cloud-run', 'fargate'] as const;

export type ProviderId = (typeof PROVIDERS)[number];

/** Euros a month, without VAT. */
export interface Bill {
  readonly provider: ProviderId;
  readonly load: Load;
  readonly assumed: Assumptions;
  /** Of the service, and what one of them has. */
  readonly instances: { readonly count: number; readonly vcpus: number; readonly memory: number };
  readonly lines: readonly Line[];
  readonly items: Readonly<Record<Item, number>>;
  readonly total: number;
}

export function lineOf(item: Item, kind: LineKind, price: PriceId, quantity: number): Line {
  return { item, kind, quantity, price, eur: quantity * eurosOf(price) };
}

/** Lines that cost nothing are left out. */
export function billOf(head: Omit<Bill, 'lines' | 'items' | 'total'>, lines: readonly Line[]): Bill {
  const items = Object.fromEntries(
    ITEMS.map((item) => [item, sumOf(lines.filter((one) => one.item === item))]),
  );
  return {
    ...head,
    lines: lines.filter(({ eur }) => eur > 0),
    items: items as Record<Item, number>,
    total: sumOf(lines),
  };
}

/** What drives a bill: its lines, the dearest first. */
export function driversOf({ lines, total }: Bill): readonly (Line & { readonly share: number })[] {
  return lines.toSorted((a, b) => b.eur - a.eur).map((line) => ({ ...line, share: line.eur / total }));
}

function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { eur }) => sum + eur, 0);
}
