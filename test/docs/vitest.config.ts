import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The pages: every command is run, links lead somewhere, what is made from code is up to date. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/docs/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    server: { deps: { external: [/\/dist\//] } },
  },
});
