import type { FastifyBaseLogger } from 'fastify';
import type { Home } from '../../core/home.js';
import { openTracing } from '../../monitoring/tracing.js';
import { readSecret } from '../../secrets/read-secret.js';
import { GIVEN_KEYS, parseGivenKeys } from '../../service/given-keys.js';
import { createLogger } from '../../service/log.js';
import type { Observer } from '../../service/observer.js';
import { type RunningServer, startServer } from '../../service/server.js';
import { runStarter } from './run-starter.js';
import { type ServeFlags, securityOf } from './serve-options.js';
import { tellRefusals } from './tell-refusals.js';

/**
 * Serves a home folder in this process, with the keys that are given from outside.
 *
 * @param share this process's part of every rate limit
 */
export async function serveAlone(
  home: Home,
  flags: ServeFlags,
  observer: Observer,
  share = 1,
): Promise<RunningServer> {
  const { host, port, leaveTime: leaveMs, playlistTracks: catalogueLimit } = flags;
  const given = await readSecret(GIVEN_KEYS, process.env);
  const givenKeys = given === undefined ? [] : parseGivenKeys(given, new Date());
  const security = { ...securityOf(flags), share };
  const logger = createLogger({ level: flags.logLevel });
  const tracing = await openTracing(process.env, tellOnce(logger));
  const { runArguments } = flags;
  const startRun = runArguments === undefined ? undefined : runStarter(home, runArguments);
  return startServer({
    home,
    startRun,
    onRefused: await tellRefusals(home, logger),
    host,
    port,
    leaveMs,
    observer,
    logger,
    tracing,
    security,
    givenKeys,
    catalogueLimit,
  });
}

/** A collector that is down fails every few seconds: one line is enough, and spans are lost until it is back. */
function tellOnce(logger: FastifyBaseLogger): (error: Error) => void {
  let told = false;
  return (err) => {
    if (!told) logger.warn({ err }, 'traces cannot be delivered');
    told = true;
  };
}
