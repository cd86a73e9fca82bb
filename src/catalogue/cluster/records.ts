import type { Cluster, LocalRows } from '../../engine/cluster.js';

/** A record that this machine read for the cluster. */
export interface LocalRecord {
  /** Number of the text. */
  readonly file: number;
  /** Physical line on which it starts, from 1. */
  readonly line: number;
  /** record.ts; `CONTINUED` for a line that belongs to the record before. */
  readonly code: number;
  /** Of a record that is a row. */
  readonly fields: readonly string[] | null;
  /** Why it is none. */
  readonly fault: string | null;
  readonly raw: string | null;
}

export const CONTINUED = -1;

/** Bytes of records that are sent at once. */
const PARCEL_BYTES = 16 << 20;

const COLUMNS: LocalRows['columns'] = [
  { name: '#file', type: 'integer' },
  { name: '#line', type: 'integer' },
  { name: '#code', type: 'integer' },
  { name: '#fields', type: 'texts' },
  { name: '#fault', type: 'text' },
  { name: '#raw', type: 'text' },
];

/** Takes records to the cluster in parcels. */
export interface RecordSender {
  send(record: LocalRecord): Promise<void>;
  /** What was sent of a text. */
  sent(file: number): { readonly records: number; readonly continued: number };
  /** A relation of all that was sent; undefined for nothing. */
  finish(): Promise<string | undefined>;
}

/** @param folder on the cluster's storage, of which folders are made */
export function recordSender(cluster: Cluster, folder: string): RecordSender {
  const folders: string[] = [];
  let parcel: LocalRecord[] = [];
  let bytes = 0;
  const counts = new Map<number, { records: number; continued: number }>();
  const countsOf = (file: number): { records: number; continued: number } =>
    counts.get(file) ?? { records: 0, continued: 0 };
  const dispatch = async (): Promise<void> => {
    const rows = await cluster.upload({
      columns: COLUMNS,
      rows: parcel.map(({ file, line, code, fields, fault, raw }) => [
        BigInt(file),
        BigInt(line),
        BigInt(code),
        fields,
        fault,
        raw,
      ]),
    });
    const path = `${folder}/${folders.length}`;
    await cluster.write(`SELECT * FROM ${rows}`, path);
    folders.push(path);
    parcel = [];
    bytes = 0;
  };
  return {
    sent: countsOf,
    async send(record) {
      const { records, continued } = countsOf(record.file);
      const isRecord = record.code !== CONTINUED;
      counts.set(record.file, {
        records: records + Number(isRecord),
        continued: continued + Number(!isRecord),
      });
      parcel.push(record);
      bytes += 64 + 2 * (record.raw?.length ?? 0);
      if (bytes >= PARCEL_BYTES) await dispatch();
    },
    async finish() {
      if (parcel.length > 0) await dispatch();
      return folders.length === 0 ? undefined : cluster.parquet(folders);
    },
  };
}
