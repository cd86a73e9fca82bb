import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The client as its users have it: packed, installed, typed, and talking to a real server. Needs npm's registry. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/clients/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    server: { deps: { external: [/\/dist\//] } },
  },
});
