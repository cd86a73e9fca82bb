import { SegueError } from '../../core/errors.js';
import { parametersOf } from './address-parameters.js';

/** Where a Spark Connect server is, and as whom we come: what a connection string says. */
export interface SparkAddress {
  /** A name or an address; IPv6 without its brackets. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** A bearer token. Never shown. */
  readonly token: string | undefined;
  readonly userId: string | undefined;
  /** A UUID, to go on in a session that another client began. */
  readonly sessionId: string | undefined;
  /** Bytes of the longest message that is taken from the server. */
  readonly maxMessageBytes: number;
  /** Sent with every call, names in lower case; such as `x-databricks-cluster-id`. Values are never shown. */
  readonly headers: ReadonlyMap<string, string>;
}

const FORM = 'sc://host:port/;name=value;name=value';
const DEFAULT_PORT = 15_002;
const ADDRESS = /^sc:\/\/(\[[\da-fA-F:.]+\]|[A-Za-z\d._-]+)(?::(\d+))?(?:\/(?:;(.*))?)?$/s;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

/**
 * Reads a connection string of Spark Connect (its `client-connection-string.md`): `token` asks for TLS, and so does `use_ssl=true`;
 * parameters whose name begins with `x-` become headers.
 *
 * @throws SegueError SEGUE_USAGE, which shows neither a token nor a header
 */
export function parseSparkAddress(text: string): SparkAddress {
  const match = ADDRESS.exec(text.trim());
  if (match === null) {
    throw wrong({
      what: 'The address is not one of a Spark Connect server',
      value: harmlessPart(text),
      limit: FORM,
      mend: 'Give it like sc://spark.example.com:15002; parameters come behind «/;».',
    });
  }
  const host = match[1]!.replace(/^\[|\]$/g, '');
  const port = match[2] === undefined ? DEFAULT_PORT : Number(match[2]);
  if (!(port >= 1 && port <= 65_535)) {
    throw wrong({
      what: 'The port of the Spark Connect server is out of range',
      value: port,
      limit: '1 to 65535',
      mend: `Give the port that the server listens on; without one it is ${DEFAULT_PORT}.`,
    });
  }
  const { useTls, token, ...parameters } = parametersOf(match[3] ?? '');
  if (token !== undefined && useTls === false && !LOOPBACK.test(host)) {
    throw wrong({
      what: 'A token would go over the network without TLS',
      value: 'use_ssl=false',
      limit: 'use_ssl=true, unless the server is on this machine',
      mend: 'Leave use_ssl out, or put a proxy that speaks TLS in front of the server.',
    });
  }
  return { host, port, tls: useTls ?? token !== undefined, token, ...parameters };
}

/** What may be shown of an address: where the server is, and nothing of who we are. */
export function shownAddress({ host, port }: SparkAddress): string {
  return `sc://${bracketed(host)}:${port}`;
}

/** The address as HTTP has it. */
export function urlOf({ host, port, tls }: SparkAddress): string {
  return `${tls ? 'https' : 'http'}://${bracketed(host)}:${port}`;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** The beginning of what was given instead of an address, as far as no secret can stand there. */
function harmlessPart(text: string): string {
  const shown = /^[a-z]*:?\/{0,2}[\w.:[\]-]*(?=[/;]|$)/i.exec(text.trim())?.[0] ?? '';
  return text.includes('@') || shown === '' ? '(not shown)' : shown;
}

function wrong(details: ConstructorParameters<typeof SegueError>[1]): SegueError {
  return new SegueError('SEGUE_USAGE', details);
}
