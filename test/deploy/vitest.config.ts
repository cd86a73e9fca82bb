import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What deploy/ has, by its schemas and as far as it runs here: needs Debian's buildah, crun, debootstrap and haproxy, root, Go and Python. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/deploy/**/*.test.ts'],
    globalSetup: 'test/deploy/prepare.ts',
    fileParallelism: false, // one of them counts failures under load
    testTimeout: 300_000,
    hookTimeout: 1_200_000,
    server: { deps: { external: [/\/dist\//] } },
  },
});
