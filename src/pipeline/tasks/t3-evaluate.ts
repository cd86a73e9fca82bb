import { canonicalJson } from '../../core/canonical-json.js';
import { readIfPresent, writeJson } from '../../core/files.js';
import type { Home } from '../../core/home.js';
import type { FeatureContract } from '../../features/contract.js';
import { type Decision, decide, type ProductionEvidence, reasonsOf } from '../../gate/decision.js';
import { loadVersion } from '../../models/files.js';
import { recordRefusal } from '../../models/registry.js';
import { euclideanSilhouette, type ModelMetrics } from '../../training/metrics.js';
import type { TaskContext, TaskOutcome } from './context.js';
import { inProduction } from './production.js';
import { trainedVersion } from './trained-version.js';

/** T3: the gate. Leaves `decision.json` with the run; a refusal stops it and is entered in the ledger. */
export async function evaluateQuality(context: TaskContext): Promise<TaskOutcome> {
  const { home, record, actor, now } = context;
  const version = trainedVersion(record);
  const file = home.run(record.run).decision;
  const earlier = await readIfPresent(file);
  const decision = earlier === undefined ? await judge(context, version) : (JSON.parse(earlier) as Decision);
  if (earlier === undefined)
    await writeJson(file, { run: record.run, decided_at: now().toISOString(), ...decision });
  if (decision.verdict === 'accepted') return { state: 'done', summary: summarise(decision) };

  const reason = reasonsOf(decision).join(' ');
  await recordRefusal(home, version, { run: record.run, actor, now, reason });
  return { state: 'refused', summary: `refused: ${reason}` };
}

async function judge({ home, record }: TaskContext, version: string): Promise<Decision> {
  const { model, metrics } = await loadVersion(home, version);
  const smallest = model.segments.toSorted((a, b) => a.rows - b.rows)[0]!;
  return decide(
    {
      version,
      silhouette: euclideanSilhouette((metrics as ModelMetrics).train),
      smallestSegment: { cluster_id: smallest.cluster_id, share: smallest.share },
      production: await productionEvidence(home, model.contract),
    },
    record.options.gate,
  );
}

async function productionEvidence(home: Home, contract: FeatureContract): Promise<ProductionEvidence | null> {
  const production = await inProduction(home);
  if (production === null) return null;
  const { version, files } = production;
  if (files === undefined) return { version, silhouette: null, comparable: false };
  const { model, metrics } = files;
  return {
    version,
    silhouette: euclideanSilhouette((metrics as ModelMetrics).train),
    comparable: canonicalJson(model.contract) === canonicalJson(contract),
  };
}

function summarise({ rules }: Decision): string {
  const passed = rules.filter((rule) => rule.verdict === 'pass').map((rule) => rule.rule);
  return `accepted: ${passed.join(', ')}`;
}
