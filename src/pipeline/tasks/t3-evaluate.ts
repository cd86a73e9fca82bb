import { streamFeatures } from '../../catalogue/read-dataset.js';
import { canonicalJson } from '../../core/canonical-json.js';
import type { Columns } from '../../core/columns.js';
import { readIfPresent, writeJson, writeWhole } from '../../core/files.js';
import type { Home } from '../../core/home.js';
import { type FeatureContract, sameFeatures } from '../../features/contract.js';
import {
  type Decision,
  decide,
  failedRules,
  type GateEvidence,
  type ProductionEvidence,
  reasonsOf,
} from '../../gate/decision.js';
import { type DatedDecision, decisionPage } from '../../gate/page.js';
import { loadVersion } from '../../models/files.js';
import type { Model } from '../../models/format.js';
import { recordProposal, recordRefusal } from '../../models/notes.js';
import { compile, predictOne } from '../../models/predict.js';
import { registrationOf } from '../../models/registry.js';
import { gatherEvidence } from '../../training/evidence/evidence.js';
import { EVIDENCE_ROWS, sampleRows } from '../../training/evidence/sample.js';
import { euclideanSilhouette, type ModelMetrics } from '../../training/metrics.js';
import type { TaskContext, TaskOutcome } from './context.js';
import { type InProduction, inProduction } from './production.js';
import { trainedVersion } from './trained-version.js';

/** T3: the gate. Leaves `decision.json` with the run; a refusal stops it and is entered in the ledger. */
export async function evaluateQuality(context: TaskContext): Promise<TaskOutcome> {
  const { home, record, actor, now } = context;
  const version = trainedVersion(record);
  const { decision: file, decisionPage: page } = home.run(record.run);
  const earlier = await readIfPresent(file);
  const decision =
    earlier === undefined
      ? { run: record.run, decided_at: now().toISOString(), ...(await judge(context, version)) }
      : (JSON.parse(earlier) as DatedDecision);
  await writeWhole(page, decisionPage(decision));
  if (earlier === undefined) await writeJson(file, decision);
  await tellProposal(context, version);
  if (decision.verdict === 'accepted') return { state: 'done', summary: summarise(decision) };

  const reason = reasonsOf(decision).join(' ');
  const rules = failedRules(decision).map(({ rule }) => rule);
  await recordRefusal(home, version, rules, { run: record.run, actor, now, reason });
  return { state: 'refused', summary: `refused: ${reason}` };
}

/** Another number of segments is an event of its own: a person adopts it by `--k` or `--choose-k`. */
async function tellProposal({ home, record, actor, now }: TaskContext, version: string): Promise<void> {
  const { proposed_k, k, k_curve = [] } = (await loadVersion(home, version)).metrics as ModelMetrics;
  if (proposed_k === null) return;
  const lift = (of: number): string => k_curve.find((point) => point.k === of)?.lift?.toFixed(4) ?? 'unknown';
  const reason = `lift over chance ${lift(proposed_k)} with ${proposed_k} segments, ${lift(k)} with ${k}`;
  await recordProposal(home, version, proposed_k, { run: record.run, actor, now, reason });
}

async function judge({ home, record, contract, resources }: TaskContext, version: string): Promise<Decision> {
  const { model, metrics } = await loadVersion(home, version);
  const { train, churn } = metrics as ModelMetrics;
  const smallest = model.segments.toSorted((a, b) => a.rows - b.rows)[0]!;
  const production = await inProduction(home);
  const engine = { ...resources, scratch: home.scratch };
  const stream = await streamFeatures(home.dataset(record.run).xTrain, contract, engine);
  const sample = await sampleRows(stream, EVIDENCE_ROWS, record.options.seed);
  const { labels, evidence } = await gatherEvidence({
    sample,
    model,
    production: comparable(production, contract),
    seed: record.options.seed,
    threads: resources.threads,
  });
  return decide(
    {
      version,
      k: model.training.k,
      silhouette: euclideanSilhouette(train),
      smallestSegment: { cluster_id: smallest.cluster_id, share: smallest.share },
      evidence,
      golden: goldenPredictions(model, sample, labels),
      churn: version === production?.version ? null : churn,
      production: await productionEvidence(home, production, model.contract),
    },
    record.options.gate,
  );
}

function comparable(production: InProduction | null, contract: FeatureContract): Model | undefined {
  const model = production?.files?.model;
  return model !== undefined && sameFeatures(model.contract, contract) ? model : undefined;
}

/** Predictions as the service makes them, of the model as it lies on disk. */
function goldenPredictions(
  model: Model,
  { rows, data }: Columns,
  labels: ArrayLike<number>,
): GateEvidence['golden'] {
  const compiled = compile(model);
  let equal = 0;
  for (let i = 0; i < rows; i += 1) {
    const values = data.map((column) => column[i]!);
    if (predictOne(compiled, values).cluster_id === labels[i]) equal += 1;
  }
  return { rows, equal };
}

async function productionEvidence(
  home: Home,
  production: InProduction | null,
  contract: FeatureContract,
): Promise<ProductionEvidence | null> {
  if (production === null) return null;
  const { version, files } = production;
  const halves = await judgedHalves(home, version);
  if (files === undefined) return { version, silhouette: null, comparable: false, k: null, halves };
  const { model, metrics } = files;
  return {
    version,
    silhouette: euclideanSilhouette((metrics as ModelMetrics).train),
    comparable: canonicalJson(model.contract) === canonicalJson(contract),
    k: model.training.k,
    halves,
  };
}

/** Split-half agreement of a version when it was judged; null where that can't be known any more. */
async function judgedHalves(home: Home, version: string): Promise<number | null> {
  const run = (await registrationOf(home, version))?.run ?? null;
  const text = run === null ? undefined : await readIfPresent(home.run(run).decision);
  if (text === undefined) return null;
  const { rules } = JSON.parse(text) as Decision;
  return rules.find(({ rule }) => rule === 'split_halves')?.value ?? null;
}

function summarise({ rules }: Decision): string {
  const passed = rules.filter((rule) => rule.verdict === 'pass').map((rule) => rule.rule);
  return `accepted: ${passed.join(', ')}`;
}
