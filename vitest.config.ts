import { defineConfig } from 'vitest/config';

// Tests run against dist/ (package.json "imports"), so what is tested is what ships, worker files included.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'web/test/**/*.test.ts'],
    exclude: [
      'test/parity/**',
      'test/browser/**',
      'test/vault/**',
      'test/web/**',
      'test/contract/**',
      'test/clients/**',
      'test/identity/**',
      'test/alarms/**',
      'test/drift-on-real-tracks/**',
      'test/airflow/**',
      'test/bucket/**',
      'test/docs/**',
      'test/release/**',
      'test/deploy/**',
      'test/spark/**',
    ],
    setupFiles: ['test/seeded.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    server: { deps: { external: [/\/dist\//] } },
  },
});
