import type { Address } from './instance.js';

export type Gather = (d: number, rows: Address, list: Address, count: number, tile: Address) => void;

type SumRows = (
  d: number,
  rows: Address,
  list: Address,
  count: number,
  tile: Address,
  columns: number,
  sums: Address,
) => void;

/** The kernels behind Silhouettes and moments of segments. Their doc comments stand beside their code (assembly/). */
export interface SilhouetteKernels {
  segmentSums(
    d: number,
    rows: number,
    columns: Address,
    stride: number,
    labels: Address,
    sums: Address,
  ): void;
  segmentSpread(
    d: number,
    rows: number,
    columns: Address,
    stride: number,
    labels: Address,
    centres: Address,
    sums: Address,
  ): void;
  widenRanges(d: number, rows: number, columns: Address, stride: number, lows: Address, highs: Address): void;
  centreScores(
    d: number,
    k: number,
    rows: number,
    columns: Address,
    stride: number,
    labels: Address,
    centres: Address,
    spread: Address,
    own: Address,
    root: number,
    sums: Address,
  ): void;
  normalise(
    d: number,
    count: number,
    columns: Address,
    stride: number,
    centre: Address,
    factor: number,
    rows: Address,
  ): void;
  readonly gather32: Gather;
  readonly gather64: Gather;
  listByLabel(count: number, labels: Address, next: Address, list: Address): void;
  deal(
    d: number,
    count: number,
    rows: Address,
    labels: Address,
    first: number,
    next: Address,
    packed: Address,
    numbers: Address,
  ): void;
  arrange(d: number, count: number, packed: Address, list: Address, rows: Address, floats: Address): void;
  split(d: number, rows: Address, list: Address, first: number, end: number, ends: Address): Address;
  momentsOf(d: number, count: number, rows: Address, moments: Address): void;
  lossOf(d: number, count: number, rows: Address, floats: Address, loss: Address): void;
  lossTo(d: number, x: Address, float: Address, range: Address, leaves: Address, losses: Address): number;
  nearestSegments(
    d: number,
    k: number,
    x: Address,
    own: number,
    segments: Address,
    leafRanges: Address,
    leaves: Address,
    lows: Address,
    room: number,
    slots: Address,
  ): number;
  readonly sumRows32: SumRows;
  readonly sumRows64: SumRows;
  sumBoth(
    d: number,
    rows: Address,
    list: Address,
    count: number,
    tile: Address,
    columns: number,
    sums: Address,
    columnSums: Address,
    short: Address,
  ): void;
  addFixed(count: number, sums: Address, slots: Address, scale: number, totals: Address): void;
}
