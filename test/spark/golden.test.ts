import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, inject } from 'vitest';
import { ingestOnCluster } from '#segue/catalogue/cluster/ingest.js';
import { datasetFiles } from '#segue/core/home.js';
import { silent } from '#segue/core/progress.js';
import type { Cluster } from '#segue/engine/cluster.js';
import { parseSparkAddress } from '#segue/engine/spark/address.js';
import { openSparkEngine } from '#segue/engine/spark/engine.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { describeGolden } from '../catalogue/golden-suite.js';
import { MEMORY_LIMIT, workbench } from '../catalogue/workbench.js';

const bench = await workbench();
let cluster: Cluster;
beforeAll(async () => {
  cluster = await openSparkEngine(parseSparkAddress(process.env['LAB'] ?? inject('spark')));
});
afterAll(() => cluster.close());

describeGolden('Spark', bench, async (source, rules) => {
  const files = datasetFiles(await mkdtemp(join(bench.root, 'dataset-')));
  const report = await ingestOnCluster(
    {
      cluster,
      source,
      contract: SPOTIFY_FEATURES,
      rules,
      split: { seed: 42, testShare: 0.2 },
      out: files,
      work: join(files.folder, 'cluster'),
      scratch: bench.scratch,
      memoryLimit: MEMORY_LIMIT,
      threads: 2,
      localRows: 1_000_000,
    },
    silent,
  );
  return { report, files };
});
