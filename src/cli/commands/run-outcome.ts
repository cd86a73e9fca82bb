import { EXIT, type ExitCode } from '../../core/errors.js';
import { readIfPresent } from '../../core/files.js';
import type { Home } from '../../core/home.js';
import type { Decision } from '../../gate/decision.js';
import { productionVersion } from '../../models/registry.js';
import { PATH } from '../../pipeline/dag.js';
import type { RunRecord } from '../../pipeline/run-record.js';
import { type Io, printJson, printLines } from '../output.js';

/** 0 promoted, 3 refused; a run that failed has thrown before this is asked. */
export function exitCodeOf(record: RunRecord): ExitCode {
  return record.state === 'refused' ? EXIT.refused : EXIT.promoted;
}

/** Tells how a run ended: one line a task for people, or one document with report, metrics and decision for machines. */
export async function printOutcome(io: Io, home: Home, record: RunRecord, asJson: boolean): Promise<void> {
  const decision = await readJson<Decision>(home.run(record.run).decision);
  const production = await productionVersion(home);
  if (asJson) {
    const model = record.version === null ? undefined : home.model(record.version);
    printJson(io, {
      run: record.run,
      state: record.state,
      exit_code: exitCodeOf(record),
      version: record.version,
      production,
      tasks: record.tasks,
      report: await readJson(home.dataset(record.run).report),
      metrics: model && (await readJson(model.metrics)),
      decision,
    });
    return;
  }
  printLines(
    io,
    ...PATH.map((id) => `${id.slice(0, 2)}  ${record.tasks[id].summary ?? record.tasks[id].state}`),
  );
  if (record.state === 'refused') {
    printLines(
      io,
      `Refused. ${production === null ? 'No model is in production.' : `${production} stays in production.`}`,
      `The decision: ${home.run(record.run).decisionPage}`,
    );
  } else {
    printLines(io, `${record.version} is in production. Serve it: segue serve`);
  }
}

async function readJson<T>(path: string): Promise<T | undefined> {
  const text = await readIfPresent(path);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}
