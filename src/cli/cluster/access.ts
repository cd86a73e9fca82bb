import type { Home } from '../../core/home.js';
import type { Cluster } from '../../engine/cluster.js';
import type { ClusterAccess } from '../../pipeline/cluster.js';
import { addressOf, type ClusterFlags, workFolder } from './asked.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Does work with a cluster at hand, which is opened when it is asked for and closed in the end. While it is open, SIGINT and SIGTERM
 * interrupt what it does; then they end the process, as they do without one. The second ends it at once.
 */
export async function withCluster<Result>(
  flags: ClusterFlags,
  home: Home,
  work: (access: ClusterAccess) => Promise<Result>,
): Promise<Result> {
  const access = accessTo(flags, home);
  try {
    return await work(access);
  } catch (error) {
    if (access.signal.aborted) return await new Promise(() => {}); // the signal ends the process in a moment
    throw error;
  } finally {
    await access.close();
  }
}

function accessTo(flags: ClusterFlags, home: Home): ClusterAccess {
  const ending = new AbortController();
  let session: Promise<Cluster> | undefined;

  const endBy = (signal: NodeJS.Signals): void => {
    ending.abort();
    void close()
      .catch(() => {}) // a server that doesn't answer keeps nobody
      .then(() => process.kill(process.pid, signal));
  };
  const close = async (): Promise<void> => {
    const closing = session;
    session = undefined;
    for (const signal of SIGNALS) process.off(signal, endBy);
    const cluster = await closing?.catch(() => undefined);
    await cluster?.close();
  };
  const begin = async (): Promise<Cluster> => {
    const address = await addressOf(flags, process.env);
    const { openSparkEngine } = await import('../../engine/spark/engine.js'); // no other command needs gRPC and Arrow
    return openSparkEngine(address, { signal: ending.signal });
  };
  return {
    signal: ending.signal,
    async open() {
      if (session !== undefined) return session;
      ending.signal.throwIfAborted();
      for (const signal of SIGNALS) process.once(signal, endBy);
      session = begin();
      session.catch(() => close());
      return session;
    },
    workFor: (source, name) => `${workFolder(flags, source, home.root)}/${name}`,
    close,
  };
}
