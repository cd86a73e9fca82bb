import { readFile } from 'node:fs/promises';
import type { IngestReport } from '../../catalogue/ingest.js';
import { readTracks, streamFeatures } from '../../catalogue/read-dataset.js';
import { segueVersion } from '../../core/version.js';
import { writeModelVersion } from '../../models/files.js';
import { type ModelContent, sealModel } from '../../models/format.js';
import { productionVersion } from '../../models/registry.js';
import { euclideanSilhouette } from '../../training/metrics.js';
import { withExemplars } from '../../training/profile.js';
import { type TrainedModel, trainModel } from '../../training/train.js';
import type { TaskContext, TaskOutcome } from './context.js';

/** T2: trains on the five features of the training side and leaves `models/<version>/`, whose name is the hash of its content. */
export async function trainVersion(context: TaskContext): Promise<TaskOutcome> {
  const { home, record, contract, resources, progress } = context;
  const { options } = record;
  const dataset = home.dataset(record.run);
  const report = JSON.parse(await readFile(dataset.report, 'utf8')) as IngestReport;

  const engine = { ...resources, scratch: home.scratch };
  const train = await streamFeatures(dataset.xTrain, contract, engine);
  const test = await streamFeatures(dataset.xTest, contract, engine);
  const trained = await trainModel(
    {
      train,
      test,
      contract,
      k: options.k,
      seed: options.seed,
      starts: options.starts,
      minSegmentShare: options.gate.minSegmentShare,
      exactRows: options.exact_silhouette_rows,
      threads: resources.threads,
    },
    progress,
  );

  const content: ModelContent = {
    format: 'segue-model/1',
    contract,
    scaler: trained.scaler,
    centroids: trained.centroids,
    segments: trained.segments,
    reference: trained.reference,
    training: trained.settings,
    lineage: {
      segue_version: segueVersion(),
      cleaned_data_hash: report.cleaned_data_hash,
      split_seed: options.seed,
      train_rows: report.rows.train,
      test_rows: report.rows.test,
    },
  };
  const model = sealModel(content, await productionVersion(home));
  const profile = await withExemplars(trained.profile, (rows) =>
    readTracks({ x: dataset.xTrain, y: dataset.yTrain }, rows, engine),
  );
  await writeModelVersion(home, { model, metrics: { version: model.version, ...trained.metrics }, profile });
  return { state: 'done', version: model.version, summary: summarise(model.version, trained) };
}

function summarise(version: string, { settings, metrics }: TrainedModel): string {
  const { metric, value } = euclideanSilhouette(metrics.train);
  return `${version}: k=${settings.k}, WCSS ${metrics.train.wcss.toFixed(2)}, ${metric} ${value.toFixed(4)} (train)`;
}
