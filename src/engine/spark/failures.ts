import { Code, ConnectError } from '@connectrpc/connect';
import { SegueError } from '../../core/errors.js';
import { type SparkAddress, shownAddress } from './address.js';
import { conditionIn, handleFault, isAnswer, type SparkServerError } from './server-error.js';

/** Conditions of a stream that another one took the place of. */
const DISCONNECTED = 'INVALID_CURSOR.DISCONNECTED';
/** What Node calls certificates that it doesn't believe. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|ERR_TLS|ERR_SSL|EPROTO/;
/** Codes that stand for an answer, also of a proxy, which doesn't speak gRPC. */
const ANSWERS: ReadonlySet<Code> = new Set([
  Code.Unauthenticated,
  Code.PermissionDenied,
  Code.Unimplemented,
  Code.ResourceExhausted,
  Code.InvalidArgument,
]);

/** Whether a failure may be over by the next try: the answer didn't come, or wasn't one. */
export function passes(error: unknown): boolean {
  if (!(error instanceof ConnectError)) return false;
  if (error.code === Code.Unavailable) return !isCertificateFault(error);
  if (isAnswer(error)) return conditionIn(error) === DISCONNECTED;
  return !ANSWERS.has(error.code) && !isCertificateFault(error);
}

/** What a failure of a call means to people. No message of it holds a token: none was in what the server was asked. */
export function segueErrorOf(
  error: ConnectError,
  address: SparkAddress,
  serverError: SparkServerError,
): SegueError {
  const value = shownAddress(address);
  if (error.code === Code.Unauthenticated || error.code === Code.PermissionDenied) {
    return new SegueError('SEGUE_SPARK_REFUSED', {
      what: `The Spark server does not let us in: ${firstLine(error.rawMessage)}`,
      value,
      limit: address.token === undefined ? 'no token was given' : undefined,
      mend: 'Check «token=…» of the address, whether it has expired, and what it may do.',
      cause: serverError,
    });
  }
  if (handleFault(error) !== undefined) {
    return new SegueError('SEGUE_SPARK_LOST', {
      what: 'The Spark server has forgotten our session: it was restarted, or closed it',
      value,
      mend: 'Run the command again once the server is up: it goes on where it was.',
      cause: serverError,
    });
  }
  if (isCertificateFault(error)) {
    return new SegueError('SEGUE_SPARK_UNREACHABLE', {
      what: `No TLS with the Spark server: ${firstLine(causesOf(error).at(-1)!.message)}`,
      value,
      mend: 'Give the certificate authority by NODE_EXTRA_CA_CERTS, or «use_ssl=false» to a server without TLS.',
      cause: error,
    });
  }
  if (passes(error)) {
    return new SegueError('SEGUE_SPARK_UNREACHABLE', {
      what: `The Spark server does not answer: ${firstLine(causesOf(error).at(-1)!.message)}`,
      value,
      mend: 'Check address and port and that Spark Connect runs there; then run the command again: it goes on where it was.',
      cause: error,
    });
  }
  return new SegueError('SEGUE_SPARK_FAILED', {
    what: `Spark could not do what was asked: ${sentence(serverError.message)}`,
    value: serverError.condition,
    mend: mendOf(error),
    cause: serverError,
  });
}

function mendOf({ code }: ConnectError): string {
  if (code === Code.ResourceExhausted)
    return 'Raise «grpc_max_message_size=…» of the address, in bytes, or the server’s own limit.';
  if (code === Code.Unimplemented)
    return 'Check that it is a Spark Connect server, of Spark 3.5 or newer, that listens there.';
  return 'Look into the log of the Spark server; with --verbose this command tells all that the server told.';
}

function isCertificateFault(error: ConnectError): boolean {
  return causesOf(error).some((cause) => 'code' in cause && CERTIFICATE.test(String(cause.code)));
}

/** An error and what caused it, the first cause last. */
function causesOf(error: Error): [Error, ...Error[]] {
  return error.cause instanceof Error ? [error, ...causesOf(error.cause)] : [error];
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.replace(/\.$/, '');
}

/** Spark's message without the SQL and the plan that it quotes. */
function sentence(message: string): string {
  return message
    .split(/\n?== (?:SQL|DataFrame)|; line \d+ pos \d+/, 1)[0]!
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.?\s*$/, '');
}
