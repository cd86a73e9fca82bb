import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { type Plan, PlanSchema } from './proto/spark/connect/base_pb.js';
import { type Command, CommandSchema, WriteOperation_SaveMode } from './proto/spark/connect/commands_pb.js';
import type { Expression_LiteralSchema } from './proto/spark/connect/expressions_pb.js';
import { type Relation, RelationSchema } from './proto/spark/connect/relations_pb.js';
import { identifier } from './quoting.js';

/** A value that stands for `:name` in SQL: it is sent beside the text, never within it. */
export type SqlParameter = string | number | bigint | boolean | null;

export type SqlParameters = Readonly<Record<string, SqlParameter>>;

/** Files to read. Paths are as the cluster knows them: `s3a://…`, `/…`; also folders, and globs of Hadoop. */
export interface FilesToRead {
  readonly format: 'csv' | 'parquet' | 'text' | 'binaryFile';
  readonly paths: readonly string[];
  readonly options?: Readonly<Record<string, string>>;
  /** Names and types as DDL has them; without it Spark looks into the files. */
  readonly schema?: string;
}

/** A path that stands for one file or folder whatever its characters: Hadoop would read some of them as a glob. */
export function exactPath(path: string): string {
  return path.replaceAll(/[\\{}[\]*?]/g, '\\$&');
}

/** A folder of files to write. */
export interface FilesToWrite {
  readonly format: 'parquet';
  readonly path: string;
  readonly mode: 'overwrite' | 'error';
  readonly options?: Readonly<Record<string, string>>;
}

const SAVE_MODES = {
  overwrite: WriteOperation_SaveMode.OVERWRITE,
  error: WriteOperation_SaveMode.ERROR_IF_EXISTS,
} as const;

/** The rows of a query. */
export function query(text: string, parameters: SqlParameters = {}): Relation {
  // the fields for literals are deprecated in 4.0, but the only ones of 3.5
  return relation({ case: 'sql', value: { query: text, args: literals(parameters) } });
}

/** The rows of files. */
export function readFiles({ format, paths, options = {}, schema }: FilesToRead): Relation {
  const source = { format, paths: [...paths], options, ...(schema === undefined ? {} : { schema }) };
  return relation({ case: 'read', value: { readType: { case: 'dataSource', value: source } } });
}

/** Columns made of those of `input`; also of what Spark knows of the files that it reads (`_metadata`), which views don't hand on. */
export function project(input: Relation, expressions: readonly string[]): Relation {
  const expressed = expressions.map((expression) => ({
    exprType: { case: 'expressionString', value: { expression } } as const,
  }));
  return relation({ case: 'project', value: { input, expressions: expressed } });
}

/** Rows of this machine, as an Arrow stream. */
export function localRows(data: Uint8Array): Relation {
  return relation({ case: 'localRelation', value: { data } });
}

/** A statement that is executed for its effect. */
export function statement(text: string, parameters: SqlParameters = {}): Command {
  return command({
    case: 'sqlCommand',
    value: { sql: text, args: literals(parameters), input: query(text, parameters) },
  });
}

/** Gives rows a name in SQL, until the session ends. */
export function createView(name: string, input: Relation): Command {
  return command({
    case: 'createDataframeView',
    value: { input, name: identifier(name), isGlobal: false, replace: true },
  });
}

export function writeFiles(input: Relation, { format, path, mode, options = {} }: FilesToWrite): Command {
  const saveType = { case: 'path', value: path } as const;
  return command({
    case: 'writeOperation',
    value: { input, source: format, saveType, mode: SAVE_MODES[mode], options },
  });
}

export function planOf(work: Relation | Command): Plan {
  return work.$typeName === 'spark.connect.Relation'
    ? create(PlanSchema, { opType: { case: 'root', value: work } })
    : create(PlanSchema, { opType: { case: 'command', value: work } });
}

function relation(relType: NonNullable<MessageInitShape<typeof RelationSchema>['relType']>): Relation {
  return create(RelationSchema, { common: {}, relType });
}

function command(commandType: NonNullable<MessageInitShape<typeof CommandSchema>['commandType']>): Command {
  return create(CommandSchema, { commandType });
}

type Literal = MessageInitShape<typeof Expression_LiteralSchema>;

function literals(parameters: SqlParameters): Record<string, Literal> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, literal(value)]));
}

function literal(value: SqlParameter): Literal {
  if (value === null) return { literalType: { case: 'null', value: { kind: { case: 'null', value: {} } } } };
  if (typeof value === 'string') return { literalType: { case: 'string', value } };
  if (typeof value === 'number') return { literalType: { case: 'double', value } };
  if (typeof value === 'bigint') return { literalType: { case: 'long', value } };
  return { literalType: { case: 'boolean', value } };
}
