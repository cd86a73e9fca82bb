import type { MessageInitShape } from '@bufbuild/protobuf';
import type { NumberChunk } from '../sql-engine.js';
import type { SparkAddress } from './address.js';
import { type ExecuteOptions, execute } from './execute.js';
import { type LinkOptions, openLink } from './link.js';
import { planOf } from './plan.js';
import {
  type AnalyzePlanRequestSchema,
  type AnalyzePlanResponse,
  type ConfigRequest_OperationSchema,
  type ExecutePlanResponse_ExecutionProgress,
} from './proto/spark/connect/base_pb.js';
import type { Command } from './proto/spark/connect/commands_pb.js';
import type { Relation } from './proto/spark/connect/relations_pb.js';
import { batchesOf, numbersIn, rowsOf, type SparkRow } from './results.js';
import { FIRST_CONTACT } from './retries.js';

export interface SessionOptions extends LinkOptions, Omit<ExecuteOptions, 'onProgress'> {
  /** Settings of the session, such as `spark.sql.ansi.enabled`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** How far the cluster is with the work under way. */
  readonly onProgress?: (progress: WorkProgress) => void;
}

/** Tasks of the stages that were begun so far; later stages add theirs. */
export interface WorkProgress {
  readonly tasksDone: number;
  readonly tasks: number;
}

export interface SparkColumn {
  readonly name: string;
  /** Kind of Spark's type, such as `string`, `double`, `long`, `array`. */
  readonly type: string;
}

/**
 * A session on a Spark cluster. Its views and settings last until `close`, or until the server forgets it: then all fails with
 * SEGUE_SPARK_LOST.
 */
export interface SparkSession {
  /** Of Spark on the server: `4.1.4`. */
  readonly version: string;
  /** All rows of a small result. */
  rows(relation: Relation): Promise<SparkRow[]>;
  /** Streams a large result, some rows at a time. */
  batches(relation: Relation): AsyncIterable<readonly SparkRow[]>;
  /** Streams a large result of DOUBLE columns. A cluster gives rows in no order unless they are sorted. */
  chunks(relation: Relation): AsyncIterable<NumberChunk>;
  /** Executes a command for its effect. */
  run(command: Command): Promise<void>;
  columns(relation: Relation): Promise<SparkColumn[]>;
  /** Keeps the rows of a relation on the cluster once they are computed. */
  persist(relation: Relation): Promise<void>;
  unpersist(relation: Relation): Promise<void>;
  setting(name: string): Promise<string | undefined>;
  /** Changes settings for what is asked from now on. */
  set(settings: Readonly<Record<string, string>>): Promise<void>;
  /** Releases what the server holds for the session. */
  close(): Promise<void>;
}

/**
 * Begins a session.
 *
 * @throws SegueError SEGUE_SPARK_UNREACHABLE soon if no server answers at all, SEGUE_SPARK_REFUSED
 */
export async function openSparkSession(
  address: SparkAddress,
  { settings = {}, onProgress, signal, silenceMs, ...linkOptions }: SessionOptions = {},
): Promise<SparkSession> {
  const link = openLink(address, linkOptions);
  const { calls } = link.channel;

  const analyze = async (
    what: AnalyzeInit,
    patience = link.patience,
  ): Promise<AnalyzePlanResponse['result']> => {
    const answer = await link.call(
      (callSignal) =>
        calls.analyzePlan({ ...link.identity(), analyze: what }, callSignal && { signal: callSignal }),
      signal,
      patience,
    );
    return answer.result;
  };
  const configure = (opType: OperationInit) =>
    link.call(
      (callSignal) =>
        calls.config({ ...link.identity(), operation: { opType } }, callSignal && { signal: callSignal }),
      signal,
    );
  async function* responses(work: Relation | Command) {
    for await (const response of execute(link, planOf(work), { signal, silenceMs })) {
      const { responseType } = response;
      if (responseType.case === 'executionProgress') onProgress?.(progressOf(responseType.value));
      else yield response;
    }
  }

  const session: Omit<SparkSession, 'version'> = {
    async rows(relation) {
      const rows: SparkRow[] = [];
      for await (const batch of batchesOf(responses(relation))) rows.push(...rowsOf(batch));
      return rows;
    },
    async *batches(relation) {
      for await (const batch of batchesOf(responses(relation))) yield rowsOf(batch);
    },
    async *chunks(relation) {
      for await (const batch of batchesOf(responses(relation))) yield numbersIn(batch);
    },
    async run(command) {
      for await (const response of responses(command)) void response;
    },
    async columns(relation) {
      const result = await analyze({ case: 'schema', value: { plan: planOf(relation) } });
      const kind = result.case === 'schema' ? result.value.schema?.kind : undefined;
      if (kind?.case !== 'struct') throw new Error('the schema of a relation is no struct');
      return kind.value.fields.map(({ name, dataType }) => ({
        name,
        type: dataType?.kind.case ?? 'unknown',
      }));
    },
    async persist(relation) {
      await analyze({ case: 'persist', value: { relation } });
    },
    async unpersist(relation) {
      await analyze({ case: 'unpersist', value: { relation, blocking: true } });
    },
    async setting(name) {
      const { pairs } = await configure({ case: 'getOption', value: { keys: [name] } });
      return pairs[0]?.value;
    },
    async set(changed) {
      const pairs = Object.entries(changed).map(([key, value]) => ({ key, value }));
      if (pairs.length > 0) await configure({ case: 'set', value: { pairs } });
    },
    async close() {
      const { sessionId, userContext, clientType } = link.identity();
      await link.mention((callSignal) =>
        calls.releaseSession({ sessionId, userContext, clientType }, { signal: callSignal }),
      );
      link.channel.reset();
    },
  };
  try {
    const result = await analyze({ case: 'sparkVersion', value: {} }, FIRST_CONTACT);
    const version = result.case === 'sparkVersion' ? result.value.version : 'unknown';
    await session.set(settings);
    return { version, ...session };
  } catch (error) {
    link.channel.reset();
    throw error;
  }
}

type AnalyzeInit = NonNullable<MessageInitShape<typeof AnalyzePlanRequestSchema>['analyze']>;
type OperationInit = NonNullable<MessageInitShape<typeof ConfigRequest_OperationSchema>['opType']>;

function progressOf({ stages }: ExecutePlanResponse_ExecutionProgress): WorkProgress {
  return stages.reduce(
    ({ tasksDone, tasks }, { numCompletedTasks, numTasks }) => ({
      tasksDone: tasksDone + Number(numCompletedTasks),
      tasks: tasks + Number(numTasks),
    }),
    { tasksDone: 0, tasks: 0 },
  );
}
