import { type Data, type DataType, type TimeUnit, Type, Vector } from 'apache-arrow';
import { dayText, decimalText, MICROSECONDS, timestampText } from './arrow-texts.js';

/**
 * A value of a result. Spark's TINYINT to INT, FLOAT and DOUBLE come as number; BIGINT, and intervals of days (microseconds), as bigint;
 * intervals of months as number; DECIMAL, DATE (`2026-11-29`), TIMESTAMP (`2026-11-29T10:00:00.000000Z`, in UTC) and TIMESTAMP_NTZ (without
 * `Z`) as text; ARRAY as array, STRUCT as object, MAP as Map.
 */
export type SparkValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly SparkValue[]
  | ReadonlyMap<SparkValue, SparkValue>
  | { readonly [field: string]: SparkValue };

type ReadAt = (index: number) => SparkValue;

/** What of an Arrow column is read here: its buffers as they are, so that no value passes through a less exact type. */
interface Column {
  readonly type: DataType & {
    readonly bitWidth?: number;
    readonly scale?: number;
    readonly unit?: TimeUnit;
    readonly timezone?: string | null;
    readonly children: readonly { readonly name: string }[];
  };
  readonly typeId: Type;
  readonly nullCount: number;
  readonly values: ArrayLike<number | bigint> & { subarray(from: number, to: number): Uint32Array };
  readonly valueOffsets: Int32Array;
  readonly children: readonly Data[];
  getValid(index: number): boolean;
}

/**
 * Reads the values of one column of a batch.
 *
 * @throws TypeError for a type that Spark doesn't send
 */
export function readerOf(data: Data): ReadAt {
  const column = data as unknown as Column;
  const readerFor = READERS[column.typeId];
  if (readerFor === undefined)
    throw new TypeError(`a result holds a column of Arrow's type ${Type[column.typeId]}, which is not read`);
  const read = readerFor(column, data);
  return column.nullCount === 0 ? read : (i) => (column.getValid(i) ? read(i) : null);
}

/** Readers of values that aren't null. */
const READERS: Partial<Record<Type, (column: Column, data: Data) => ReadAt>> = {
  [Type.Null]: () => () => null,
  [Type.Int]: ({ values, type }) =>
    type.bitWidth === 64 ? (i) => BigInt(values[i]!) : (i) => Number(values[i]!),
  [Type.Float]: numberReader,
  [Type.Interval]: numberReader,
  [Type.Duration]:
    ({ values, type }) =>
    (i) =>
      BigInt(values[i]!) * MICROSECONDS[type.unit!],
  [Type.Date]:
    ({ values }) =>
    (i) =>
      dayText(Number(values[i]!)),
  [Type.Timestamp]:
    ({ values, type }) =>
    (i) =>
      timestampText(BigInt(values[i]!) * MICROSECONDS[type.unit!], typeof type.timezone === 'string'),
  [Type.Decimal]:
    ({ values, type }) =>
    (i) =>
      decimalText(values.subarray(4 * i, 4 * i + 4), type.scale!),
  [Type.Bool]: libraryReader,
  [Type.Utf8]: libraryReader,
  [Type.Binary]: libraryReader,
  [Type.List]: listReader,
  [Type.Map]: mapReader,
  [Type.Struct]: structReader,
};

function numberReader({ values }: Column): ReadAt {
  return (i) => Number(values[i]!);
}

function libraryReader(_: Column, data: Data): ReadAt {
  const vector = new Vector([data]);
  return (i) => vector.get(i) as SparkValue;
}

function listReader({ valueOffsets, children: [items] }: Column): ReadAt {
  const read = readerOf(items!);
  return (i) => {
    const from = valueOffsets[i]!;
    return Array.from({ length: valueOffsets[i + 1]! - from }, (_, j) => read(from + j));
  };
}

function mapReader({ valueOffsets, children: [entries] }: Column): ReadAt {
  const [keys, values] = entries!.children.map(readerOf);
  return (i) => {
    const from = valueOffsets[i]!;
    const size = valueOffsets[i + 1]! - from;
    return new Map(Array.from({ length: size }, (_, j) => [keys!(from + j), values!(from + j)]));
  };
}

function structReader({ type, children }: Column): ReadAt {
  const fields = children.map((child, j) => [type.children[j]!.name, readerOf(child)] as const);
  return (i) => Object.fromEntries(fields.map(([name, read]) => [name, read(i)]));
}
