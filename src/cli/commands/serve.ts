import { type Command, Option } from 'commander';
import type { Home } from '../../core/home.js';
import { prometheusObserver } from '../../monitoring/metrics.js';
import { DEFAULT_LIMIT } from '../../playlists/catalogue.js';
import { readSecret } from '../../secrets/read-secret.js';
import { GIVEN_KEYS, parseGivenKeys } from '../../service/given-keys.js';
import { type RunningServer, startServer } from '../../service/server.js';
import { printLines } from '../output.js';
import { integer } from '../parse.js';
import { untilStopped } from '../signals.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon } from './common.js';
import { type SecurityFlags, securityOf, withSecurityOptions } from './security-options.js';

export interface ServeFlags extends SecurityFlags {
  readonly host: string;
  readonly port: number;
  readonly playlistTracks: number;
}

/** Adds `--host`, `--port`, `--playlist-tracks` and what guards the server. */
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
      new Option('--playlist-tracks <number>', 'most tracks that playlists choose from; 0 turns them off')
        .env('SEGUE_PLAYLIST_TRACKS')
        .argParser(integer(0))
        .default(DEFAULT_LIMIT),
    );
}

/** `segue serve`: API, its pages and metrics, until SIGTERM or SIGINT. */
export const addServe: AddCommand = (program, { io }) => {
  const command = program.command('serve').description('serve the model in production by HTTP');
  withServeOptions(withCommon(command)).action(async (flags: CommonOptions & ServeFlags) => {
    const server = await serveHome(homeOf(flags), flags);
    printLines(io, `Serving at ${server.url}  (documentation: ${server.url}/docs; stop: Ctrl-C)`);
    await untilStopped();
    await server.close();
  });
};

/** Starts the server of a home folder with its metrics, and the keys that are given from outside. */
export async function serveHome(home: Home, flags: ServeFlags): Promise<RunningServer> {
  const { host, port, playlistTracks: catalogueLimit } = flags;
  const security = securityOf(flags);
  const given = await readSecret(GIVEN_KEYS, process.env);
  const givenKeys = given === undefined ? [] : parseGivenKeys(given, new Date());
  const observer = prometheusObserver();
  return startServer({ home, host, port, observer, security, givenKeys, catalogueLimit });
}
