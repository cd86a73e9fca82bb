import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The kernels in a real browser against the kernels in Node: needs Chromium. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    server: { deps: { external: [/\/dist\//] } },
  },
});
