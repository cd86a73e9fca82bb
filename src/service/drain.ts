import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Makes `app.close()` prompt and kind: requests under way are answered and their connections then end; connections without a request
 * end at once (Node would wait for those that have never sent one); whoever is not done after `drainMs` is cut off.
 */
export function addDrain(app: FastifyInstance, drainMs: number): void {
  const server: Server = app.server;
  /** Each connection with its latest answer; none where it has not asked yet. */
  const open = new Map<Socket, ServerResponse | undefined>();

  server.on('connection', (socket: Socket) => {
    open.set(socket, undefined);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    open.set(socket, response);
  });

  app.addHook('preClose', (done) => {
    for (const [socket, response] of open) {
      if (response === undefined || response.writableFinished) socket.destroy();
      else endAfter(response, socket);
    }
    const deadline = setTimeout(() => server.closeAllConnections(), drainMs).unref();
    server.once('close', () => clearTimeout(deadline));
    done();
  });
}

function endAfter(response: ServerResponse, socket: Socket): void {
  if (response.headersSent) response.once('close', () => socket.end());
  else response.shouldKeepAlive = false; // Node then says «Connection: close» and ends it after the answer
}
