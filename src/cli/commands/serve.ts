import type { Home } from '../../core/home.js';
import { prometheusObserver } from '../../monitoring/metrics.js';
import type { RunningServer } from '../../service/server.js';
import { printLines } from '../output.js';
import { serveAlone } from '../serving/serve-alone.js';
import { serveByWorkers } from '../serving/serve-by-workers.js';
import { type ServeFlags, withServeOptions } from '../serving/serve-options.js';
import { untilStopped } from '../signals.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon } from './common.js';

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

/** Starts the server of a home folder with its metrics: in this process, or in several that share the port. */
export async function serveHome(home: Home, flags: ServeFlags): Promise<Omit<RunningServer, 'refresh'>> {
  return flags.workers === 1
    ? serveAlone(home, flags, prometheusObserver({ home }))
    : serveByWorkers(home, flags);
}
