import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The release as its users have it: packed, installed with a bare Node in an empty folder, and run. Needs npm's registry and curl. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/release/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 300_000,
  },
});
