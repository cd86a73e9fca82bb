import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

declare module 'fastify' {
  interface FastifyInstance {
    readonly connections: Connections;
  }
}

/** Each open connection with the answer to its latest request, complete or not; none where it has not asked yet. */
export type Connections = ReadonlyMap<Socket, ServerResponse | undefined>;

/** Follows the connections of a server. */
export function followConnections(server: Server): Connections {
  const open = new Map<Socket, ServerResponse | undefined>();
  server.on('connection', (socket: Socket) => {
    open.set(socket, undefined);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    open.set(socket, response);
  });
  return open;
}

/** Ends the connection when the answer is complete, and says so in its headers where they aren't sent. */
export function endAfter(response: ServerResponse, socket: Socket): void {
  if (response.headersSent) response.once('close', () => socket.end());
  else response.shouldKeepAlive = false; // Node then says «Connection: close» and ends it after the answer
}
