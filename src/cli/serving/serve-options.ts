import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_LIMIT } from '../../playlists/catalogue.js';
import { LOG_LEVELS, type LogLevel } from '../../service/log.js';
import { duration, integer } from '../parse.js';
import { type SecurityFlags, withSecurityOptions } from './security-options.js';

export { securityOf } from './security-options.js';

export interface ServeFlags extends SecurityFlags {
  readonly host: string;
  readonly port: number;
  /** Processes that share the port. */
  readonly workers: number;
  /** How long it goes on answering after SIGTERM while /readyz says 503, in milliseconds. */
  readonly leaveTime: number;
  readonly playlistTracks: number;
  readonly logLevel: LogLevel;
  /** Arguments of `segue run` for runs that the API begins; none can be begun without. */
  readonly runArguments?: readonly string[];
}

/** Adds `--host`, `--port`, `--workers`, `--leave-time`, `--playlist-tracks`, `--log-level` and what guards the server. */
export function withServeOptions(command: Command): Command {
  return withSecurityOptions(command)
    .addOption(new Option('--host <address>', 'address to listen on').env('SEGUE_HOST').default('127.0.0.1'))
    .addOption(
      new Option('--port <number>', 'port; 0 takes a free one')
        .env('SEGUE_PORT')
        .argParser(integer(0))
        .default(8080),
    )
    .addOption(
      new Option('--workers <number>', 'processes that share the port; auto: one for each core')
        .env('SEGUE_WORKERS')
        .argParser(workers)
        .default(1),
    )
    .addOption(
      new Option('--leave-time <time>', 'after SIGTERM: how long to go on answering while /readyz says 503')
        .env('SEGUE_LEAVE_TIME')
        .argParser(duration)
        .default(0, '0s'),
    )
    .addOption(
      new Option('--playlist-tracks <number>', 'most tracks that playlists choose from; 0 turns them off')
        .env('SEGUE_PLAYLIST_TRACKS')
        .argParser(integer(0))
        .default(DEFAULT_LIMIT),
    )
    .addOption(
      new Option('--log-level <level>', 'least level of what is logged; debug has every request')
        .env('SEGUE_LOG_LEVEL')
        .choices(LOG_LEVELS)
        .default('info'),
    );
}

function workers(text: string): number {
  if (text === 'auto') return availableParallelism();
  const count = integer(1)(text);
  if (count <= MOST_WORKERS) return count;
  throw new InvalidArgumentError(`At most ${MOST_WORKERS} processes can share a port.`);
}

const MOST_WORKERS = 256;
