import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Secrets out of a real HashiCorp Vault, which is built from its source: needs Go. The first build takes minutes. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/vault/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 1_200_000,
    server: { deps: { external: [/\/dist\//] } },
  },
});
