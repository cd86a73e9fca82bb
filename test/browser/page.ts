import { openBrowserPool } from '#segue/kernels/browser-pool.js';
import { type Findings, runScenario } from './scenario.js';

/** What the test calls on the page. */
interface Page {
  isolated(): boolean;
  openPool(threads: number): void;
  run(features: number): Promise<Findings>;
  runBroken(): Promise<string>;
  closePool(): Promise<void>;
}

let pool = openBrowserPool(1);

const page: Page = {
  isolated: () => (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true,
  openPool(threads) {
    pool = openBrowserPool(threads);
  },
  run: (features) => runScenario(pool, features),
  runBroken: () =>
    pool.run('settle', {} as never, Infinity).then(
      () => 'no error',
      (error: Error) => error.name,
    ),
  closePool: () => pool.close(),
};

Object.assign(globalThis, { page });
