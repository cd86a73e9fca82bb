import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type ClientSessionRequestOptions,
  connect,
  type OutgoingHttpHeaders,
} from 'node:http2';

/** Bytes that the server may send of one answer, and of all, before it waits for us: HTTP/2's own 64 KiB make it wait all the time. */
const STREAM_WINDOW = 4 * 2 ** 20;
const CONNECTION_WINDOW = 16 * 2 ** 20;

/**
 * One HTTP/2 connection, made when it is needed and made again when it broke. The manager that comes with connect-node leaves a moment in
 * which nobody listens for an error of the connection, which then ends the process; here somebody always does. A broken connection
 * is told by the streams over it.
 */
export interface Connection {
  /** What it connects to, as `http://host:port`. */
  readonly authority: string;
  request(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    options: Omit<ClientSessionRequestOptions, 'signal'>,
  ): Promise<ClientHttp2Stream>;
  notifyResponseByteRead(): void;
  /** Breaks it, and the streams over it. */
  reset(): void;
}

export function connectionTo(url: string): Connection {
  const authority = new URL(url).origin;
  let current: ClientHttp2Session | undefined;

  const open = (): ClientHttp2Session => {
    const session = connect(authority, { settings: { initialWindowSize: STREAM_WINDOW } });
    const forget = (): void => {
      if (current === session) current = undefined;
    };
    session.on('error', forget).on('close', forget).on('goaway', forget);
    session.on('connect', () => session.setLocalWindowSize(CONNECTION_WINDOW));
    session.unref(); // an idle connection keeps no process alive
    return session;
  };

  return {
    authority,
    async request(method, path, headers, options) {
      if (current === undefined || current.closed || current.destroyed) current = open();
      const session = current;
      const stream = session.request({ ...headers, ':method': method, ':path': path }, options);
      session.ref();
      streamsOf.set(session, (streamsOf.get(session) ?? 0) + 1);
      stream.once('close', () => {
        const left = streamsOf.get(session)! - 1;
        streamsOf.set(session, left);
        if (left === 0) session.unref();
      });
      return stream;
    },
    notifyResponseByteRead() {},
    reset() {
      current?.destroy();
      current = undefined;
    },
  };
}

/** Streams that are open, by their session. */
const streamsOf = new WeakMap<ClientHttp2Session, number>();
