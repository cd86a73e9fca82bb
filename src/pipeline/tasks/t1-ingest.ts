import { mkdir, readFile, rm } from 'node:fs/promises';
import { readClusterDataset } from '../../catalogue/cluster/dataset.js';
import { ingestOnCluster } from '../../catalogue/cluster/ingest.js';
import { type IngestReport, ingest } from '../../catalogue/ingest.js';
import { draftPath, moveIntoPlace, readIfPresent } from '../../core/files.js';
import { type DatasetFiles, datasetFiles } from '../../core/home.js';
import { clusterFor } from '../cluster.js';
import { LOCAL_ROWS } from '../options.js';
import { nameOnCluster } from '../run-record.js';
import type { TaskContext, TaskOutcome } from './context.js';
import { inputsOf, linkEarlier, writeInputs } from './ingested-already.js';
import { rowsOnCluster } from './rows-on-cluster.js';

/**
 * T1: cleans and splits the catalogue into `datasets/<run>/`. The folder appears whole or not at all. Where an earlier run made one from
 * the same files in the same way, it is that one.
 */
export async function ingestCatalogue(context: TaskContext): Promise<TaskOutcome> {
  const { home, record, contract } = context;
  const dataset = home.dataset(record.run);
  const done = await readIfPresent(dataset.report);
  if (done !== undefined) return { state: 'done', summary: summarise(JSON.parse(done) as IngestReport) };

  const inputs = inputsOf(record, contract);
  const draft = draftPath(dataset.folder);
  await mkdir(draft, { recursive: true });
  try {
    const earlier = await linkEarlier(home, inputs, draft, (made) => isWhole(context, made));
    if (earlier !== undefined) {
      const report = JSON.parse(await readFile(datasetFiles(draft).report, 'utf8')) as IngestReport;
      await moveIntoPlace(draft, dataset.folder);
      return { state: 'done', summary: `${summarise(report)}; as in run ${earlier}` };
    }
    const report = await clean(context, draft);
    await writeInputs(draft, inputs);
    await moveIntoPlace(draft, dataset.folder);
    return { state: 'done', summary: summarise(report) };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Cleans on this machine, or on the cluster that the options name. */
async function clean(context: TaskContext, draft: string): Promise<IngestReport> {
  const { home, record, contract, resources, progress, cluster: access } = context;
  const { options } = record;
  const work = {
    source: options.source,
    contract,
    rules: {
      genres: options.rules.genres,
      maxDurationMs: options.rules.max_duration_ms,
      rowLimit: options.rules.row_limit,
    },
    split: { seed: options.seed, testShare: options.test_share },
    out: datasetFiles(draft),
    scratch: home.scratch,
    ...resources,
  };
  if (options.engine === undefined) return ingest(work, progress);
  return ingestOnCluster(
    {
      ...work,
      cluster: await clusterFor(access, progress),
      work: access.workFor(options.source, nameOnCluster(record)),
      localRows: options.local_rows ?? LOCAL_ROWS,
      signal: access.signal,
    },
    progress,
  );
}

/** Whether what the cluster keeps of a dataset is there, where training needs it. */
async function isWhole({ cluster, progress }: TaskContext, dataset: DatasetFiles): Promise<boolean> {
  const note = await readClusterDataset(dataset);
  if (note === undefined || note.whole) return true;
  return (await rowsOnCluster(await clusterFor(cluster, progress), note)) !== undefined;
}

/** `5,000 read = 4,996 kept + 4 rejected (tempo_out_of_range 4); 3,992 train, 1,004 test`. */
function summarise({ rows }: IngestReport): string {
  const reasons = Object.entries(rows.rejected);
  const rejected = reasons.reduce((sum, [, count]) => sum + count, 0);
  const list = reasons.map(([reason, count]) => `${reason} ${grouped(count)}`).join(', ');
  const why = list === '' ? '' : ` (${list})`;
  const sides = `${grouped(rows.train)} train, ${grouped(rows.test)} test`;
  return `${grouped(rows.read)} read = ${grouped(rows.kept)} kept + ${grouped(rejected)} rejected${why}; ${sides}`;
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
