/** Serves a home with Segue's metrics and windows of drift, or with nothing that counts: `observed.ts <home> metrics|nothing`. */
import { homeAt } from '#segue/core/home.js';
import { prometheusObserver } from '#segue/monitoring/metrics.js';
import { createLogger } from '#segue/service/log.js';
import type { Observer } from '#segue/service/observer.js';
import { startServer } from '#segue/service/server.js';

const NOTHING: Observer = {
  asked: { predicted: () => {}, refused: () => {}, all: () => [] },
  requestStarted: () => {},
  requestEnded: () => {},
  modelServed: () => {},
  modelRefused: () => {},
  exposition: async () => '',
};

const [folder = '', counts] = process.argv.slice(2);
const home = homeAt(folder);
const server = await startServer({
  home,
  host: '127.0.0.1',
  port: 0,
  observer: counts === 'metrics' ? prometheusObserver({ home }) : NOTHING,
  logger: createLogger({ level: 'info' }),
});
process.stdout.write(`Serving at ${server.url}\n`);
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
