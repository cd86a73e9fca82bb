import type { Home } from '../../core/home.js';
import { prometheusObserver } from '../../monitoring/metrics.js';
import type { RunningServer } from '../../service/server.js';
import { type Io, printLines } from '../output.js';
import { serveAlone } from '../serving/serve-alone.js';
import { serveByWorkers } from '../serving/serve-by-workers.js';
import { type ServeFlags, withServeOptions } from '../serving/serve-options.js';
import { type DriftWatchOptions, watchDrift } from '../serving/watch-drift.js';
import { untilStopped } from '../signals.js';
import { tellerFor } from '../teller.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon } from './common.js';

/** `segue serve`: API, its pages and metrics, until SIGTERM or SIGINT. */
export const addServe: AddCommand = (program, { io }) => {
  const command = program.command('serve').description('serve the model in production by HTTP');
  withServeOptions(withCommon(command)).action(async (flags: CommonOptions & ServeFlags) => {
    const server = await serveHome(homeOf(flags), flags, io);
    printLines(io, `Serving at ${server.url}  (documentation: ${server.url}/docs; stop: Ctrl-C)`);
    await untilStopped();
    await server.close();
  });
};

/**
 * Starts the server of a home folder with its metrics, in this process or in several that share the port, and watches what it is asked.
 *
 * @param onPopulation told where what is asked has drifted
 */
export async function serveHome(
  home: Home,
  flags: ServeFlags,
  io: Io,
  onPopulation: DriftWatchOptions['onPopulation'] = () => {},
): Promise<Omit<RunningServer, 'refresh'>> {
  const teller = await tellerFor(home, io);
  const server =
    flags.workers === 1
      ? await serveAlone(home, flags, prometheusObserver({ home }))
      : await serveByWorkers(home, flags);
  const watch = watchDrift({
    home,
    teller,
    now: () => new Date(),
    onPopulation,
    onError: ({ message }) => void io.stderr.write(`warning: drift could not be looked at: ${message}\n`),
  });
  return {
    ...server,
    close: async () => {
      watch.stop();
      await server.close();
    },
  };
}
