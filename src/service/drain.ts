import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { endAfter } from './under-way.js';

/**
 * Makes `app.close()` prompt and kind: requests under way are answered and their connections then end; connections without a request
 * end at once (Node would wait for those that have never sent one); whoever is not done after `drainMs` is cut off.
 */
export function addDrain(app: FastifyInstance, drainMs: number): void {
  const server: Server = app.server;
  app.addHook('preClose', (done) => {
    for (const [socket, response] of app.connections) {
      if (response === undefined || response.writableFinished) socket.destroy();
      else endAfter(response, socket);
    }
    const deadline = setTimeout(() => server.closeAllConnections(), drainMs).unref();
    server.once('close', () => clearTimeout(deadline));
    done();
  });
}

/**
 * From now on every answer ends its connection: the next request of that caller goes to another server. For the time in which a server
 * still answers while /readyz says no, so that what is in front of it stops sending before nobody listens.
 */
export function sayGoodbye(app: FastifyInstance): void {
  for (const [socket, response] of app.connections)
    if (response !== undefined && !response.writableFinished) endAfter(response, socket);
  app.server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    response.shouldKeepAlive = false; // Node then says «Connection: close»
  });
}
