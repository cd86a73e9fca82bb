import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The dashboard in a real browser, on a real service: needs Chromium. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/web/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
    server: { deps: { external: [/\/dist\//] } },
  },
});
