import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** False alarms and detection of drift on the catalogues of SEGUE_TEST_DATA. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/drift-on-real-tracks/**/*.test.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    server: { deps: { external: [/\/dist\//] } },
  },
});
