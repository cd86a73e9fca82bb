import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Homes that share a registry in a bucket, on a real S3-compatible server that is built from its source: needs Go. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/bucket/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 1_200_000,
    maxWorkers: 1,
    server: { deps: { external: [/\/dist\//] } },
  },
});
