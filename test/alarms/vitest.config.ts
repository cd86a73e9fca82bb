import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Alarms by a real Prometheus and a real Alertmanager: needs Debian's packages prometheus and prometheus-alertmanager. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/alarms/**/*.test.ts'],
    fileParallelism: false, // they measure latencies
    testTimeout: 300_000,
    hookTimeout: 120_000,
    server: { deps: { external: [/\/dist\//] } },
  },
});
