import { readFile } from 'node:fs/promises';
import { readClusterDataset } from '../../catalogue/cluster/dataset.js';
import type { ClusterDataset } from '../../catalogue/cluster/ingest.js';
import type { IngestReport } from '../../catalogue/ingest.js';
import { readFeatures, readTracks, streamFeatures } from '../../catalogue/read-dataset.js';
import { SegueError } from '../../core/errors.js';
import type { DatasetFiles } from '../../core/home.js';
import { segueVersion } from '../../core/version.js';
import { type FeatureContract, sameFeatures } from '../../features/contract.js';
import { writeModelVersion } from '../../models/files.js';
import { FIT_ROWS, fitReference } from '../../models/fit-reference.js';
import { MODEL_FORMAT, type Model, type ModelContent, sealModel } from '../../models/format.js';
import type { GoldenPrediction } from '../../models/golden.js';
import { compile } from '../../models/predict.js';
import { trainAtScale } from '../../training/at-scale/train.js';
import { sampleRows } from '../../training/evidence/sample.js';
import { colourOf, colourSegments } from '../../training/identity/colours.js';
import { identify } from '../../training/identity/segment-id.js';
import { euclideanSilhouette } from '../../training/metrics.js';
import { type Profile, withExemplars } from '../../training/profile.js';
import { type TrainingInput, trainModel } from '../../training/train.js';
import type { TrainedModel } from '../../training/trained-model.js';
import { clusterFor } from '../cluster.js';
import type { TaskContext, TaskOutcome } from './context.js';
import { originOf } from './origin.js';
import { type InProduction, inProduction } from './production.js';
import { rowsOnCluster } from './rows-on-cluster.js';
import { successionOf } from './succession-of.js';
import { isTrainedAlready } from './trained-already.js';

/**
 * T2: trains on the five features of the training side and leaves `models/<version>/`, whose name is the hash of its content. Segments that
 * continue one of the model in production keep its permanent id.
 */
export async function trainVersion(context: TaskContext): Promise<TaskOutcome> {
  const { home, record, contract, resources } = context;
  const { options } = record;
  const dataset = home.dataset(record.run);
  const report = JSON.parse(await readFile(dataset.report, 'utf8')) as IngestReport;

  const production = await inProduction(home);
  if (production !== null && (await isTrainedAlready(home, production, contract, report, options)))
    return {
      state: 'done',
      version: production.version,
      summary: `${production.version} again: it was trained from these rows in this way`,
    };

  const engine = { ...resources, scratch: home.scratch };
  const train = await streamFeatures(dataset.xTrain, contract, engine);
  const test = await streamFeatures(dataset.xTest, contract, engine);
  const parent = comparableParent(production, contract);
  const trained = await trainOnAll(context, dataset, {
    train,
    test,
    contract,
    k: options.k,
    chooseK: options.choose_k,
    seed: options.seed,
    starts: options.starts,
    minSegmentShare: options.gate.minSegmentShare,
    exactRows: options.exact_silhouette_rows,
    parent,
    threads: resources.threads,
  });

  const birth = {
    cleaned_data_hash: report.cleaned_data_hash,
    seed: options.seed,
    parent: parent?.hash ?? null,
  };
  const parentIds = parent?.segments.map(({ segment_id }) => segment_id) ?? [];
  const colours = colourSegments(trained.inheritance.matches, parent?.segments.map(colourOf) ?? []);
  const identities = identify(trained.inheritance.matches, parentIds, birth, trained.centroids);
  const content: ModelContent = {
    format: MODEL_FORMAT,
    contract,
    scaler: trained.scaler,
    centroids: trained.centroids,
    segments: trained.segments.map(({ cluster_id, ...segment }, c) => ({
      cluster_id,
      ...identities[c]!,
      colour: colours[c]!,
      ...segment,
    })),
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
  const compiled = compile(sealModel(content, null));
  const fit = fitReference(compiled, await sampleRows(train, FIT_ROWS, options.seed));
  const model = sealModel({ ...content, fit }, production?.version ?? null);
  const profile = await withExemplars(trained.profile, (rows) =>
    readTracks({ x: dataset.xTrain, y: dataset.yTrain }, rows, engine),
  );
  const succession = successionOf(model, parent, trained.inheritance);
  const golden = await goldenOf(trained.profile, (rows) =>
    readFeatures(dataset.xTrain, rows, contract, engine),
  );
  const origin = originOf(report, options);
  const metrics = { version: model.version, ...trained.metrics, succession, origin, golden };
  await writeModelVersion(home, { model, metrics, profile });
  return { state: 'done', version: model.version, summary: summarise(model.version, trained) };
}

/** Trains here where all rows are here, else on the cluster that holds them. */
async function trainOnAll(
  { cluster: access, progress }: TaskContext,
  dataset: DatasetFiles,
  input: TrainingInput,
): Promise<TrainedModel> {
  const note = await readClusterDataset(dataset);
  if (note === undefined || note.whole) return trainModel(input, progress);
  const cluster = await clusterFor(access, progress);
  const rows = await rowsOnCluster(cluster, note);
  if (rows === undefined) throw rowsGone(note);
  return trainAtScale({ ...input, all: { engine: cluster, ...rows, id: 'track_id' } }, progress);
}

function rowsGone({ work }: ClusterDataset): SegueError {
  return new SegueError('SEGUE_SOURCE_NOT_FOUND', {
    what: 'The rows that T1 left on the cluster are not there any more',
    value: work,
    mend: 'Run the command again: a new run writes them anew.',
  });
}

/** The exemplars of every segment, as training sees them. */
async function goldenOf(
  { segments }: Profile,
  read: (rows: readonly number[]) => Promise<readonly (readonly number[])[]>,
): Promise<GoldenPrediction[]> {
  const nearest = segments.flatMap(({ cluster_id, exemplars }) =>
    exemplars.map(({ row, distance }) => ({ row, cluster_id, distance })),
  );
  const features = await read(nearest.map(({ row }) => row));
  return nearest.map(({ cluster_id, distance }, i) => ({ features: features[i]!, cluster_id, distance }));
}

/** The model whose segments the new ones may continue. */
function comparableParent(production: InProduction | null, contract: FeatureContract): Model | undefined {
  const model = production?.files?.model;
  return model !== undefined && sameFeatures(model.contract, contract) ? model : undefined;
}

function summarise(version: string, { settings, metrics }: TrainedModel): string {
  const { metric, value } = euclideanSilhouette(metrics.train);
  return `${version}: k=${settings.k}, WCSS ${metrics.train.wcss.toFixed(2)}, ${metric} ${value.toFixed(4)} (train)`;
}
