import type { Progress } from '../../core/progress.js';
import type { SqlEngine } from '../../engine/sql-engine.js';
import type { TrainedModel, TrainingInput } from '../train.js';

export interface TrainingAtScale extends TrainingInput {
  readonly engine: SqlEngine;
  readonly rows: { readonly train: string; readonly test: string };
}

export async function trainAtScale(_input: TrainingAtScale, _progress: Progress): Promise<TrainedModel> {
  throw new Error('not yet');
}
