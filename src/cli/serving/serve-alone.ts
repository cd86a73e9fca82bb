import type { Home } from '../../core/home.js';
import { readSecret } from '../../secrets/read-secret.js';
import { GIVEN_KEYS, parseGivenKeys } from '../../service/given-keys.js';
import { createLogger } from '../../service/log.js';
import type { Observer } from '../../service/observer.js';
import { type RunningServer, startServer } from '../../service/server.js';
import { type ServeFlags, securityOf } from './serve-options.js';

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
  const { host, port, playlistTracks: catalogueLimit } = flags;
  const given = await readSecret(GIVEN_KEYS, process.env);
  const givenKeys = given === undefined ? [] : parseGivenKeys(given, new Date());
  const security = { ...securityOf(flags), share };
  const logger = createLogger({ level: flags.logLevel });
  return startServer({ home, host, port, observer, logger, security, givenKeys, catalogueLimit });
}
