import { afterAll, beforeAll, inject } from 'vitest';
import type { Cluster } from '#segue/engine/cluster.js';
import { parseSparkAddress } from '#segue/engine/spark/address.js';
import { openSparkEngine } from '#segue/engine/spark/engine.js';
import { describeEngine } from '../engine/engine-suite.js';
import { describeTraining } from '../engine/training-suite.js';

let spark: Cluster;
beforeAll(async () => {
  spark = await openSparkEngine(parseSparkAddress(inject('spark')));
});
afterAll(() => spark.close());

describeEngine(
  'Spark',
  () => spark,
  (sql, folder) => spark.write(sql, folder),
);
describeTraining('Spark', () => spark);
