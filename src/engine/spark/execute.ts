import { randomUUID } from 'node:crypto';
import { Code, ConnectError } from '@connectrpc/connect';
import { passes } from './failures.js';
import type { Link } from './link.js';
import {
  type ExecutePlanResponse,
  InterruptRequest_InterruptType,
  type Plan,
} from './proto/spark/connect/base_pb.js';
import { retries } from './retries.js';
import { handleFault } from './server-error.js';
import { endedBySilence } from './silence.js';

export interface ExecuteOptions {
  /** Interrupts the work on the server; it then fails with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds without a word from the server after which the connection is taken for dead. Servers end a stream of their own accord
   * after two minutes, so as to be asked to go on.
   */
  readonly silenceMs?: number | undefined;
}

const SILENCE_MS = 180_000;
/** Milliseconds before a stream that brought nothing is attached to again. */
const PAUSE_MS = 100;

/**
 * Executes a plan and gives what the server answers, each answer once and in order. A stream that breaks, or that the server ends before
 * the work is complete, is attached to again behind the last answer that came. If the caller stops early, so does the work.
 *
 * @throws SegueError SEGUE_SPARK_*; the signal's reason
 */
export async function* execute(
  link: Link,
  plan: Plan,
  { signal, silenceMs = SILENCE_MS }: ExecuteOptions = {},
): AsyncGenerator<ExecutePlanResponse, void, undefined> {
  signal?.throwIfAborted();
  const { channel } = link;
  const operationId = randomUUID();
  const release = releaser(link, operationId);
  const patience = retries(link.patience, passes, link.wait, signal);
  let mayBeKnown = false;
  let lastResponseId: string | undefined;
  let isComplete = false;
  let hasFailed = false;

  const open = (streamSignal: AbortSignal): AsyncIterable<ExecutePlanResponse> => {
    const options = { signal: streamSignal };
    const base = { ...link.identity(), operationId };
    if (mayBeKnown) {
      const after = lastResponseId === undefined ? {} : { lastResponseId };
      return channel.calls.reattachExecute({ ...base, ...after }, options);
    }
    mayBeKnown = true;
    const reattachable = { case: 'reattachOptions', value: { reattachable: true } } as const;
    return channel.calls.executePlan(
      { ...base, plan, requestOptions: [{ requestOption: reattachable }] },
      options,
    );
  };

  try {
    while (!isComplete) {
      const before = lastResponseId;
      try {
        for await (const response of endedBySilence(open, silenceMs, () => channel.reset(), signal)) {
          patience.succeeded();
          link.observe(response);
          lastResponseId = response.responseId;
          if (response.responseType.case === 'resultComplete') isComplete = true;
          else {
            release.until(lastResponseId);
            yield response;
          }
        }
        if (lastResponseId === before) await link.wait(PAUSE_MS, signal);
      } catch (error) {
        signal?.throwIfAborted();
        // the request never came to the server, whose session is still there: it may be made again
        if (lastResponseId === undefined && isUnknownOperation(error)) mayBeKnown = false;
        else await patience.failed(error);
      }
    }
  } catch (error) {
    hasFailed = signal?.aborted !== true;
    if (passes(error)) mayBeKnown = false; // nobody is there to be told
    throw await link.failureOf(error, signal);
  } finally {
    if (mayBeKnown) {
      if (!isComplete && !hasFailed) await interrupt(link, operationId);
      await release.all();
    }
  }
}

function isUnknownOperation(error: unknown): boolean {
  return (
    error instanceof ConnectError &&
    error.code !== Code.Canceled &&
    handleFault(error) === 'OPERATION_NOT_FOUND'
  );
}

async function interrupt(link: Link, operationId: string): Promise<void> {
  await link.mention((signal) =>
    link.channel.calls.interrupt(
      {
        ...link.identity(),
        interruptType: InterruptRequest_InterruptType.OPERATION_ID,
        interrupt: { case: 'operationId', value: operationId },
      },
      { signal },
    ),
  );
}

/** Tells the server which answers it need not keep for us any more, one message at a time. */
function releaser(
  link: Link,
  operationId: string,
): { until(responseId: string): void; all(): Promise<void> } {
  let wanted: string | undefined;
  let underWay: Promise<void> | undefined;
  const send = (release: ReleaseKind): Promise<void> =>
    link.mention((signal) =>
      link.channel.calls.releaseExecute({ ...link.identity(), operationId, release }, { signal }),
    );
  const sendWanted = async (): Promise<void> => {
    while (wanted !== undefined) {
      const responseId = wanted;
      wanted = undefined;
      await send({ case: 'releaseUntil', value: { responseId } });
    }
    underWay = undefined;
  };
  return {
    until(responseId) {
      wanted = responseId;
      underWay ??= sendWanted();
    },
    async all() {
      wanted = undefined;
      await underWay;
      await send({ case: 'releaseAll', value: {} });
    },
  };
}

type ReleaseKind =
  | { readonly case: 'releaseUntil'; readonly value: { readonly responseId: string } }
  | { readonly case: 'releaseAll'; readonly value: Record<string, never> };
