import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Segue against current scikit-learn and onnxruntime: needs python3, PyPI once, and SEGUE_TEST_DATA. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/parity/**/*.test.ts'],
    globalSetup: ['test/parity/venv.ts'],
    testTimeout: 600_000,
    hookTimeout: 1_800_000,
    fileParallelism: false, // both sides of every comparison use all cores
    server: { deps: { external: [/\/dist\//] } },
  },
});
