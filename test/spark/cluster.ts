import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, inject } from 'vitest';
import { ingestOnCluster } from '#segue/catalogue/cluster/ingest.js';
import type { RuleOptions } from '#segue/catalogue/rules.js';
import { datasetFiles } from '#segue/core/home.js';
import { silent } from '#segue/core/progress.js';
import type { Cluster } from '#segue/engine/cluster.js';
import { parseSparkAddress } from '#segue/engine/spark/address.js';
import { openSparkEngine, type SparkEngineOptions } from '#segue/engine/spark/engine.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { type Ingested, MEMORY_LIMIT, type Workbench } from '../catalogue/workbench.js';

/** A session on the shared server for the tests of a file. */
export function clusterForTests(options: SparkEngineOptions = {}): () => Cluster {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await openSparkEngine(parseSparkAddress(inject('spark')), options);
  });
  afterAll(() => cluster.close());
  return () => cluster;
}

/** As `Workbench.ingest`, on a cluster. */
export async function ingestThere(
  bench: Workbench,
  cluster: Cluster,
  source: string,
  { rules = {}, localRows = 1_000_000 }: { readonly rules?: RuleOptions; readonly localRows?: number } = {},
): Promise<Ingested> {
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
      localRows,
    },
    silent,
  );
  return { report, files };
}
