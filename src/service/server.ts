import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { SegueError } from '../core/errors.js';
import { isNodeError } from '../core/files.js';
import { assembleService, type ServiceOptions } from './assemble.js';
import { addDrain, sayGoodbye } from './drain.js';

export interface ServerOptions extends ServiceOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** How long `close` waits for requests under way, in milliseconds. */
  readonly drainMs?: number;
  /** How long `close` goes on answering before that, while /readyz says 503, in milliseconds; 0 unless given. */
  readonly leaveMs?: number;
  /** Waits that long; the real thing unless given. */
  readonly pause?: (ms: number) => Promise<void>;
}

export interface RunningServer {
  readonly url: string;
  /** Looks for a promoted model and changed keys now; the server does so by itself when the files change. */
  readonly refresh: () => Promise<void>;
  /** Stops: goes on for `leaveMs`, then takes no new connections; requests under way are answered. */
  readonly close: () => Promise<void>;
}

const DRAIN_MS = 10_000;

/**
 * Serves the model in production of a home folder. It starts without a model or a key too, says so at /readyz, and takes both up when
 * they come.
 *
 * @throws SegueError SEGUE_PORT_IN_USE; SEGUE_USAGE for an address that can't be listened on
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { leaveMs = 0, drainMs = DRAIN_MS, pause = async (ms) => setTimeout(ms) } = options;
  let left: Promise<void> | undefined;
  const { app, refresh } = await assembleService({ ...options, leaving: () => left !== undefined });
  addDrain(app, drainMs);
  const close = async (): Promise<void> => {
    if (leaveMs > 0 && left === undefined) {
      left = pause(leaveMs);
      sayGoodbye(app);
    }
    await left;
    await app.close();
  };
  try {
    return { url: await listen(app, options), refresh, close };
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function listen(app: FastifyInstance, { host, port }: ServerOptions): Promise<string> {
  try {
    // By name, Fastify would open one server per address of it, and only the first would drain.
    await app.listen({ host: host === 'localhost' ? '127.0.0.1' : host, port });
  } catch (cause) {
    throw listenError(cause, `${host}:${port}`);
  }
  return urlOf(app.server.address() as AddressInfo);
}

function listenError(cause: unknown, value: string): unknown {
  if (isNodeError(cause, 'EADDRINUSE')) {
    const mend = 'Stop the other program, or choose another --port (0 takes a free one).';
    return new SegueError('SEGUE_PORT_IN_USE', { what: 'Another program listens there', value, mend, cause });
  }
  if (UNUSABLE.some((code) => isNodeError(cause, code))) {
    const mend = 'Choose another --host or --port; ports below 1024 need privileges.';
    return new SegueError('SEGUE_USAGE', { what: 'This address cannot be listened on', value, mend, cause });
  }
  return cause;
}

const UNUSABLE = ['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_SOCKET_BAD_PORT'];

/** A URL that works on this machine, also where the server listens on all addresses. */
export function urlOf({ address, port }: Pick<AddressInfo, 'address' | 'port'>): string {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[address] ?? address;
  return `http://${address.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
