import {
  type Data,
  type DataType,
  Field,
  Int64,
  List,
  makeBuilder,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
} from 'apache-arrow';
import type { LocalRows } from '../cluster.js';

const TYPES: Readonly<Record<LocalRows['columns'][number]['type'], () => DataType>> = {
  text: () => new Utf8(),
  integer: () => new Int64(),
  texts: () => new List(new Field('item', new Utf8(), true)),
};

/** Rows as an Arrow stream. */
export function arrowStream({ columns, rows }: LocalRows): Uint8Array {
  const fields = columns.map(({ name, type }) => new Field(name, TYPES[type](), true));
  const children = fields.map(({ type }, j): Data => {
    const builder = makeBuilder({ type, nullValues: [null] });
    for (const row of rows) builder.append(row[j]);
    return builder.finish().toVector().data[0] as Data;
  });
  const schema = new Schema(fields);
  const data = makeData({ type: new Struct(fields), length: rows.length, children });
  return tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), 'stream');
}
