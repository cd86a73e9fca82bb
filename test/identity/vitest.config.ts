import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** How segments keep their identity over retrains, and what the gate says of chance, on the catalogues of SEGUE_TEST_DATA; SEGUE_FULL=yes for all repetitions. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/identity/**/*.test.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    server: { deps: { external: [/\/dist\//] } },
  },
});
