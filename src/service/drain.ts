import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Makes `app.close()` prompt and kind: requests under way are answered and their connections then end; connections without a request
 * end at once (Node would wait for those that have never sent one); whoever is not done after `drainMs` is cut off.
 */
export function addDrain(app: FastifyInstance, drainMs: number): void {
  const server: Server = app.server;
  const open = new Set<Socket>();
  const underWay = new Map<Socket, ServerResponse>();

  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    underWay.set(socket, response);
    response.once('close', () => {
      if (underWay.get(socket) === response) underWay.delete(socket);
    });
  });

  app.addHook('preClose', (done) => {
    for (const socket of open) {
      const response = underWay.get(socket);
      if (response === undefined) socket.destroy();
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
