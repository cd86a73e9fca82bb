import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The DAG in a real Airflow with its scheduler: needs python3 (3.10 to 3.13) and PyPI. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/airflow/**/*.test.ts'],
    globalSetup: [fileURLToPath(new URL('airflow.ts', import.meta.url))],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    server: { deps: { external: [/\/dist\//] } },
  },
});
