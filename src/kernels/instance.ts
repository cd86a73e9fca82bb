import type { SilhouetteKernels } from './silhouette-kernels.js';
import { WASM } from './wasm.gen.js';

/** An address in a kernel's memory, in bytes. */
export type Address = number;

/** The kernels (assembly/), over one memory. Their doc comments stand beside their code. */
export interface Kernels extends SilhouetteKernels {
  modelBytes(d: number, k: number, rows: number): number;
  prepare(d: number, k: number, model: Address, step: number): void;
  assign(
    d: number,
    k: number,
    rows: number,
    values: Address,
    quantised: Address,
    boxes: Address,
    memory: Address,
    leads: Address,
    labels: Address,
    mean: Address,
    sd: Address,
    model: Address,
    sums: Address,
    counts: Address,
    drift: number,
    step: number,
  ): number;
  within(
    d: number,
    rows: number,
    values: Address,
    labels: Address,
    mean: Address,
    scale: Address,
    centroids: Address,
    sums: Address,
  ): void;
  predict(
    d: number,
    k: number,
    rows: number,
    columns: Address,
    stride: number,
    mean: Address,
    sd: Address,
    scale: Address,
    model: Address,
    labels: Address,
    squares: Address,
  ): void;
  cells(
    d: number,
    rows: number,
    columns: Address,
    stride: number,
    mean: Address,
    scale: Address,
    bits: number,
    keys: Address,
    histogram: Address,
    table: Address,
  ): void;
  moments(d: number, rows: number, columns: Address, stride: number, origin: Address, out: Address): void;
  placeCells(cells: number, ranks: number, histograms: Address): void;
  places(rows: number, keys: Address, next: Address): void;
  scatter(
    d: number,
    rows: number,
    columns: Address,
    stride: number,
    keys: Address,
    first: number,
    end: number,
    values: Address,
  ): void;
  quantise(
    d: number,
    rows: number,
    values: Address,
    mean: Address,
    scale: Address,
    boxes: Address,
    quantised: Address,
  ): void;
  plainLines(
    text: Address,
    start: number,
    limit: number,
    delimiter: number,
    ends: Address,
    fields: Address,
    most: number,
  ): number;
  seedDistances(
    d: number,
    rows: number,
    quantised: Address,
    boxes: Address,
    point: Address,
    near: Address,
    most: Address,
    potentials: Address,
    tile: Address,
  ): number;
  seedTrials(
    d: number,
    rows: number,
    quantised: Address,
    boxes: Address,
    points: Address,
    trials: number,
    near: Address,
    most: Address,
    potentials: Address,
    sums: Address,
    tile: Address,
  ): void;
}

let compiled: WebAssembly.Module | undefined;

/** The kernels over a shared memory. Compiled once per thread. */
export function instantiate(memory: WebAssembly.Memory): Kernels {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(WASM), (char) => char.charCodeAt(0)));
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as Kernels;
}
