import * as fc from 'fast-check';

/** Every property meets the same cases on every run; `SEGUE_TEST_SEED=2 npm test` gives others. */
fc.configureGlobal({ seed: Number(process.env['SEGUE_TEST_SEED'] ?? 1) });
