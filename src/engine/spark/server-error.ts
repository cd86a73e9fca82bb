import { Code, type ConnectError } from '@connectrpc/connect';
import { ErrorInfoSchema } from './proto/google/rpc/error_details_pb.js';
import type { FetchErrorDetailsResponse } from './proto/spark/connect/base_pb.js';

/** What Spark said went wrong. */
export class SparkServerError extends Error {
  /** Stable name of the condition, such as `DIVIDE_BY_ZERO` or `INVALID_HANDLE.SESSION_CLOSED`; undefined where Spark has none. */
  readonly condition: string | undefined;
  readonly sqlState: string | undefined;
  /** The condition's parameters, such as `objectName`. */
  readonly parameters: Readonly<Record<string, string>>;

  constructor({ message, condition, sqlState, parameters }: ServerFault, cause: unknown) {
    super(message, { cause });
    this.name = 'SparkServerError';
    this.condition = condition;
    this.sqlState = sqlState;
    this.parameters = parameters;
  }
}

interface ServerFault {
  /** Whole, where the server gave it whole. */
  readonly message: string;
  readonly condition: string | undefined;
  readonly sqlState: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Whether the server itself answered with the error; if not, the answer never came. */
export function isAnswer({ metadata }: ConnectError): boolean {
  return metadata.has('grpc-status');
}

/** The name by which the server remembers the details of an error. */
export function errorIdOf(error: ConnectError): string | undefined {
  return error.findDetails(ErrorInfoSchema).find(({ metadata }) => metadata['errorId'] !== undefined)
    ?.metadata['errorId'];
}

/**
 * The condition that an error's text begins with: `[INVALID_HANDLE.OPERATION_NOT_FOUND] …`.
 *
 * @returns undefined for an error without one
 */
export function conditionIn(error: ConnectError): string | undefined {
  return /\[([A-Z][A-Z0-9_.]+)\]/.exec(error.rawMessage)?.[1];
}

/** Errors that stand for a session or operation that the server doesn't have any more, by its own word. */
export function handleFault(error: ConnectError): string | undefined {
  if (error.code === Code.Unavailable) return undefined;
  return /^INVALID_HANDLE\.(\w+)$/.exec(conditionIn(error) ?? '')?.[1];
}

/** An error with all that the server tells of it. */
export function serverErrorOf(
  error: ConnectError,
  details: FetchErrorDetailsResponse | undefined,
): SparkServerError {
  const root = details?.errors[details.rootErrorIdx ?? 0];
  const thrown = root?.sparkThrowable;
  return new SparkServerError(
    {
      message: root?.message ?? error.rawMessage,
      condition: thrown?.errorClass ?? conditionIn(error),
      sqlState: thrown?.sqlState ?? /SQLSTATE: (\w{5})/.exec(error.rawMessage)?.[1],
      parameters: { ...thrown?.messageParameters },
    },
    error,
  );
}
