import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The running service against schemathesis and load: needs python3 and Go, and their registries once. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/contract/**/*.test.ts'],
    globalSetup: ['test/contract/tools.ts'],
    testTimeout: 900_000,
    hookTimeout: 120_000,
    fileParallelism: false, // load and its server take both cores
    server: { deps: { external: [/\/dist\//] } },
  },
});
