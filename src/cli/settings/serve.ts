import { availableParallelism } from 'node:os';
import { InvalidArgumentError } from 'commander';
import { DEFAULT_LIMIT } from '../../playlists/default-limit.js';
import { LOG_LEVELS } from '../../service/log.js';
import { integer } from '../parse.js';
import { autoOr, choice, text, time, whole } from './kind.js';
import type { Group } from './setting.js';

const MOST_WORKERS = 256;

/** Names of the commands that serve. */
export const SERVING = ['serve', 'up', 'demo'] as const;

/** Where and how the service serves. */
export const SERVE = {
  title: 'The service',
  commands: SERVING,
  settings: {
    host: {
      kind: text('an address or a name'),
      what: 'address to listen on',
      argument: '<address>',
      fallback: '127.0.0.1',
    },
    port: {
      kind: whole(0, 65_535),
      what: 'port; 0 takes a free one',
      argument: '<number>',
      fallback: '8080',
    },
    workers: {
      kind: autoOr(workers, MOST_WORKERS),
      what: 'processes that share the port; auto: one for each core',
      argument: '<number>',
      fallback: '1',
    },
    leaveTime: {
      kind: time,
      what: 'after SIGTERM: how long to go on answering while /readyz says 503',
      argument: '<time>',
      fallback: '0s',
    },
    playlistTracks: {
      kind: whole(0),
      what: 'most tracks that playlists choose from; 0 turns them off',
      argument: '<number>',
      fallback: String(DEFAULT_LIMIT),
    },
    logLevel: {
      kind: choice(LOG_LEVELS),
      what: 'least level of what is logged; debug has every request',
      argument: '<level>',
      fallback: 'info',
    },
  },
} as const satisfies Group;

function workers(given: string): number {
  if (given === 'auto') return availableParallelism();
  const count = integer(1)(given);
  if (count <= MOST_WORKERS) return count;
  throw new InvalidArgumentError(`At most ${MOST_WORKERS} processes can share a port.`);
}
