import { allocateMemory, MOST_MEMORY_BYTES } from './shared-memory.js';

/**
 * A matrix as columns (structure of arrays): `data[j][i]` is feature j of row i. Every column is a view of one shared memory, so that
 * worker threads read it without a copy.
 */
export interface Columns {
  readonly names: readonly string[];
  readonly rows: number;
  /** One array of `rows` doubles per name. */
  readonly data: readonly Float64Array<SharedArrayBuffer>[];
}

/** Columns that lie in one memory of WebAssembly, one behind the other from address 0 on. */
export interface ColumnMemory {
  readonly memory: WebAssembly.Memory;
  /** Bytes from one column to the next. */
  readonly stride: number;
  /** Where room for the scratch of kernels begins, which work on the columns in place. */
  readonly scratch: number;
}

const SCRATCH_BYTES = 2 ** 23;

/** Columns of fewer bytes are copied soon enough, and V8 reserves gigabytes of addresses for every memory. */
const LEAST_BYTES = 2 ** 25;

const memories = new WeakMap<SharedArrayBuffer, ColumnMemory>();

/** Columns of zeros, ready to be filled. Where there are many rows, kernels can work on them in place (`columnMemory`). */
export function allocateColumns(names: readonly string[], rows: number): Columns {
  const stride = Math.ceil((rows * Float64Array.BYTES_PER_ELEMENT) / 64) * 64;
  const buffer = allocate(names.length * stride, stride);
  return { names, rows, data: names.map((_, j) => new Float64Array(buffer, j * stride, rows)) };
}

function allocate(bytes: number, stride: number): SharedArrayBuffer {
  if (bytes < LEAST_BYTES || bytes + SCRATCH_BYTES > MOST_MEMORY_BYTES) return new SharedArrayBuffer(bytes);
  const memory = allocateMemory(bytes + SCRATCH_BYTES);
  memories.set(memory.buffer, { memory, stride, scratch: bytes });
  return memory.buffer;
}

/** The memory in which columns lie as `allocateColumns` laid them. */
export function columnMemory({ data }: Columns): ColumnMemory | undefined {
  const buffer = data[0]?.buffer;
  const found = buffer === undefined ? undefined : memories.get(buffer);
  if (found === undefined) return undefined;
  const asLaid = data.every(
    (column, j) => column.buffer === buffer && column.byteOffset === j * found.stride,
  );
  return asLaid ? found : undefined;
}

/** Columns from rows; for small data such as tests and single requests. */
export function columnsFromRows(names: readonly string[], rows: readonly (readonly number[])[]): Columns {
  const columns = allocateColumns(names, rows.length);
  rows.forEach((row, i) => {
    names.forEach((_, j) => {
      columns.data[j]![i] = row[j]!;
    });
  });
  return columns;
}
