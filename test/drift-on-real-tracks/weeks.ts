import type { Columns } from '#segue/core/columns.js';
import { silent } from '#segue/core/progress.js';
import type { Random } from '#segue/core/random.js';
import { type Assessment, assess } from '#segue/drift/assess.js';
import { countTrack, emptyCounts } from '#segue/drift/counts.js';
import { tallyOf } from '#segue/drift/tally.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { FIT_ROWS, fitReference } from '#segue/models/fit-reference.js';
import { MODEL_FORMAT, type Model, sealModel } from '#segue/models/format.js';
import { compile, predictOne } from '#segue/models/predict.js';
import { pick, sampleRows } from '#segue/training/evidence/sample.js';
import { trainModel } from '#segue/training/train.js';

/** Rows drawn with replacement. */
export function resampled(columns: Columns, rows: number, random: Random): Columns {
  return pick(
    columns,
    Int32Array.from({ length: rows }, () => random.below(columns.rows)),
  );
}

/** Trains a model on these rows, as T2 does. */
export async function modelOf(columns: Columns, k: number): Promise<Model> {
  const stream = {
    names: columns.names,
    rows: columns.rows,
    async *chunks() {
      yield { rows: columns.rows, columns: columns.data };
    },
  };
  const trained = await trainModel(
    {
      train: stream,
      test: { names: columns.names, rows: 0, async *chunks() {} },
      contract: SPOTIFY_FEATURES,
      k,
      seed: 42,
      starts: 3,
      minSegmentShare: 0.02,
      exactRows: 10,
      silhouettePoints: 10,
      threads: 1,
    },
    silent,
  );
  const content = {
    format: MODEL_FORMAT as typeof MODEL_FORMAT,
    contract: SPOTIFY_FEATURES,
    scaler: trained.scaler,
    centroids: trained.centroids,
    segments: trained.segments.map((segment, c) => ({
      ...segment,
      segment_id: `seg_${String(c).padStart(10, '0')}`,
      identity: { event: 'born' as const, from: null, jaccard: null },
    })),
    reference: trained.reference,
    training: trained.settings,
    lineage: {
      segue_version: '0',
      cleaned_data_hash: '0'.repeat(64),
      split_seed: 42,
      train_rows: columns.rows,
      test_rows: 0,
    },
  };
  const compiled = compile(sealModel(content, null));
  const fit = fitReference(compiled, await sampleRows(stream, FIT_ROWS, 42));
  return sealModel({ ...content, fit }, null);
}

/** What Segue says of a week in which these tracks were asked. */
export function weekOf(model: Model, { rows, data }: Columns, before?: Assessment): Assessment {
  const compiled = compile(model);
  const counts = emptyCounts(model);
  const values = data.map(() => 0);
  for (let row = 0; row < rows; row += 1) {
    for (let j = 0; j < data.length; j += 1) values[j] = data[j]![row]!;
    countTrack(counts, compiled, predictOne(compiled, values), values);
  }
  return assess(model, tallyOf(model, counts.sums), before);
}
