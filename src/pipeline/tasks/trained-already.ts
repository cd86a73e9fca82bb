import type { IngestReport } from '../../catalogue/ingest.js';
import { canonicalJson } from '../../core/canonical-json.js';
import type { Home } from '../../core/home.js';
import { segueVersion } from '../../core/version.js';
import type { FeatureContract } from '../../features/contract.js';
import { registrationOf } from '../../models/registry.js';
import type { RunOptions } from '../options.js';
import { findRecord } from '../run-record.js';
import type { InProduction } from './production.js';

/**
 * Whether the model in production was trained from these very rows in the same way: training it again could only move its centroids by what
 * is within the tolerance of convergence.
 */
export async function isTrainedAlready(
  home: Home,
  production: InProduction | null,
  contract: FeatureContract,
  report: IngestReport,
  options: RunOptions,
): Promise<boolean> {
  const model = production?.files?.model;
  if (model === undefined) return false;
  const { lineage } = model;
  const same =
    lineage.cleaned_data_hash === report.cleaned_data_hash &&
    lineage.segue_version === segueVersion() &&
    canonicalJson(model.contract) === canonicalJson(contract);
  if (!same) return false;
  const run = (await registrationOf(home, model.version))?.run ?? null;
  const record = run === null ? undefined : await findRecord(home, run);
  const { kept } = report.rows;
  return record !== undefined && trainingOf(record.options, kept) === trainingOf(options, kept);
}

/** The options that have a say in the model. Whoever cleaned the rows has none, unless they were too many to train on them here. */
function trainingOf(
  { source: _where, gate: _limits, engine, local_rows, ...options }: RunOptions,
  rows: number,
): string {
  const atScale = engine !== undefined && local_rows !== undefined && rows > local_rows;
  return canonicalJson(atScale ? { ...options, engine, local_rows } : options);
}
