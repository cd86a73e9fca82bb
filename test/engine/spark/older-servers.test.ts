import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, createFileRegistry, fromBinary, toBinary } from '@bufbuild/protobuf';
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect';
import { FileDescriptorSetSchema, file_google_protobuf_any } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from 'vitest';
import { createView, planOf, query, readFiles, statement, writeFiles } from '#segue/engine/spark/plan.js';
import { PlanSchema, SparkConnectService } from '#segue/engine/spark/proto/spark/connect/base_pb.js';
import { ROOT } from '../../docs/files.js';

/** The protocol of Spark 3.5, by its own descriptors (scripts/spark-proto/). */
const descriptors = readFileSync(join(ROOT, 'scripts/spark-proto/spark-3.5.9.binpb'));
const { file } = fromBinary(FileDescriptorSetSchema, descriptors);
const old = createFileRegistry(
  create(FileDescriptorSetSchema, { file: [file_google_protobuf_any.proto, ...file] }),
);

/** Numbers of fields, by message, that a server of Spark 3.5 passes over. */
function unknownFields(message: ReflectMessage): string[] {
  const own = message.message.$unknown ?? [];
  const inner = message.fields
    .filter((field) => message.isSet(field))
    .flatMap((field) => {
      if (field.fieldKind === 'message') return unknownFields(message.get(field));
      if (field.fieldKind === 'map' && field.mapKind === 'message')
        return [...message.get(field).values()].flatMap((value) => unknownFields(value as ReflectMessage));
      if (field.fieldKind === 'list' && field.listKind === 'message')
        return [...message.get(field)].flatMap((value) => unknownFields(value as ReflectMessage));
      return [];
    });
  return [...own.map(({ no }) => `${message.desc.name} ${no}`), ...inner];
}

const rows = query('SELECT :a AS a', { a: 1, b: 'b', c: 2n, d: true, e: null });

describe('a server of Spark 3.5 knows', () => {
  it.each([
    ['a query', planOf(rows), []],
    // `input`, which it needs not: the text and its parameters stand beside it
    ['a statement', planOf(statement('CREATE TEMPORARY VIEW v AS SELECT :a', { a: 1 })), ['SqlCommand 6']],
    [
      'files to read',
      planOf(readFiles({ format: 'csv', paths: ['/a'], schema: 'a STRING', options: { header: 'true' } })),
      [],
    ],
    ['a view', planOf(createView('v', rows)), []],
    ['files to write', planOf(writeFiles(rows, { format: 'parquet', path: '/a', mode: 'error' })), []],
  ])('%s', (_, plan, unknown) => {
    const desc = old.getMessage('spark.connect.Plan')!;
    expect(unknownFields(reflect(desc, fromBinary(desc, toBinary(PlanSchema, plan))))).toEqual(unknown);
  });

  it('the calls that work depends on', () => {
    const known = new Set(
      old.getService('spark.connect.SparkConnectService')!.methods.map(({ name }) => name),
    );
    const others = SparkConnectService.methods.map(({ name }) => name).filter((name) => !known.has(name));
    for (const name of [
      'ExecutePlan',
      'ReattachExecute',
      'ReleaseExecute',
      'AnalyzePlan',
      'Config',
      'Interrupt',
    ])
      expect(known).toContain(name);
    // of these the client does without an answer: it can't ask for the whole of a long message, nor end a session
    expect(others).toEqual(expect.arrayContaining(['FetchErrorDetails', 'ReleaseSession']));
  });
});
