import { randomUUID } from 'node:crypto';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { ConnectError } from '@connectrpc/connect';
import { segueVersion } from '../../core/version.js';
import type { SparkAddress } from './address.js';
import { type Channel, openChannel } from './channel.js';
import { passes, segueErrorOf } from './failures.js';
import { type FetchErrorDetailsResponse, UserContextSchema } from './proto/spark/connect/base_pb.js';
import { type Patience, retries, UNDER_WAY, untilDone, type Wait, waitForReal } from './retries.js';
import { errorIdOf, serverErrorOf } from './server-error.js';

/** Milliseconds that are spent on telling the server that a work is over, or on asking why it failed. */
const AFTERWARDS_MS = 10_000;

/** What every request says of us. */
export interface Identity {
  readonly sessionId: string;
  readonly userContext: MessageInitShape<typeof UserContextSchema>;
  readonly clientType: string;
  /** What the server called the session in its last answer: it refuses us if it has another by now. */
  readonly clientObservedServerSideSessionId?: string;
}

export interface LinkOptions {
  /** How long to put up with a server that doesn't answer. */
  readonly patience?: Patience;
  /** How to wait between tries. */
  readonly wait?: Wait;
}

/** One session with a server: who we are there, and calls that are tried again. */
export interface Link {
  readonly channel: Channel;
  readonly patience: Patience;
  readonly wait: Wait;
  identity(): Identity;
  /** Keeps what an answer tells of the session. */
  observe(answer: { readonly serverSideSessionId: string }): void;
  /**
   * Makes a call that is harmless to repeat.
   *
   * @throws SegueError SEGUE_SPARK_*; the signal's reason
   */
  call<T extends { readonly serverSideSessionId: string }>(
    work: (signal: AbortSignal | undefined) => Promise<T>,
    signal?: AbortSignal,
    patience?: Patience,
  ): Promise<T>;
  /** Makes a call that nothing depends on; what fails is not told. */
  mention(work: (signal: AbortSignal) => Promise<unknown>): Promise<void>;
  /** What a failed call means; asks the server for details that it keeps. */
  failureOf(error: unknown, signal?: AbortSignal): Promise<unknown>;
}

export function openLink(
  address: SparkAddress,
  { patience = UNDER_WAY, wait = waitForReal }: LinkOptions = {},
): Link {
  const channel = openChannel(address);
  const sessionId = address.sessionId ?? randomUUID();
  const userId = address.userId ?? '';
  const userContext = create(UserContextSchema, { userId, userName: userId });
  const clientType = `segue/${segueVersion()} node/${process.versions.node}`;
  let observed: string | undefined;

  const identity = (): Identity => ({
    sessionId,
    userContext,
    clientType,
    ...(observed === undefined ? {} : { clientObservedServerSideSessionId: observed }),
  });

  const link: Link = {
    channel,
    patience,
    wait,
    identity,
    observe({ serverSideSessionId }) {
      if (serverSideSessionId !== '') observed = serverSideSessionId;
    },
    async call(work, signal, limit = patience) {
      signal?.throwIfAborted();
      try {
        const answer = await untilDone(() => work(signal), retries(limit, passes, wait, signal));
        link.observe(answer);
        return answer;
      } catch (error) {
        throw await link.failureOf(error, signal);
      }
    },
    async mention(work) {
      await work(AbortSignal.timeout(AFTERWARDS_MS)).catch(() => {});
    },
    async failureOf(error, signal) {
      if (signal?.aborted === true) return signal.reason as unknown;
      if (!(error instanceof ConnectError)) return error;
      const details = await detailsOf(error);
      return segueErrorOf(error, address, serverErrorOf(error, details));
    },
  };

  /** undefined where the server keeps none, or doesn't answer any more. */
  async function detailsOf(error: ConnectError): Promise<FetchErrorDetailsResponse | undefined> {
    const errorId = errorIdOf(error);
    if (errorId === undefined) return undefined;
    const request = { ...identity(), errorId };
    const signal = AbortSignal.timeout(AFTERWARDS_MS);
    return channel.calls.fetchErrorDetails(request, { signal }).catch(() => undefined);
  }

  return link;
}
