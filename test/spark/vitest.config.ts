import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The Spark engine on real Spark Connect servers: needs python3, PyPI, Java 17 or newer, and haproxy. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/spark/**/*.test.ts'],
    globalSetup: [fileURLToPath(new URL('shared-server.ts', import.meta.url))],
    setupFiles: ['test/seeded.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false, // a server takes all cores
    server: { deps: { external: [/\/dist\//] } },
  },
});
