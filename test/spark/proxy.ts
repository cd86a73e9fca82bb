import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';

/** A wire to a server that can be cut. */
export interface Proxy {
  readonly port: number;
  /** Connections that were made so far. */
  readonly connections: number;
  /** Cuts every connection; new ones can be made. */
  cut(): void;
  /** Lets nothing more through the connections that there are, without closing them. */
  mute(): void;
  /** Cuts the next connections at once, so many. */
  refuse(connections: number): void;
}

/** Passes bytes to a port of this machine until the test is over. */
export async function openProxy(
  target: number,
  tls?: { readonly key: string; readonly cert: string },
): Promise<Proxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let connections = 0;
  let toRefuse = 0;
  const pass = (caller: Socket): void => {
    connections += 1;
    if (toRefuse > 0) {
      toRefuse -= 1;
      caller.destroy();
      return;
    }
    const server = connect(target, '127.0.0.1');
    const pair = [caller, server] as const;
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    caller.pipe(server).pipe(caller);
  };
  const listener: Server =
    tls === undefined ? createServer(pass) : createTlsServer({ ...tls, ALPNProtocols: ['h2'] }, pass);
  listener.on('tlsClientError', () => {}); // the caller tells of it
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const cut = (): void => {
    for (const [caller, server] of pairs) {
      caller.destroy();
      server.destroy();
    }
  };
  onTestFinished(() => {
    cut();
    listener.close();
  });
  return {
    port: (listener.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    cut,
    mute() {
      for (const [caller, server] of pairs) {
        caller.unpipe(server);
        server.unpipe(caller);
      }
    },
    refuse(count) {
      toRefuse = count;
    },
  };
}
