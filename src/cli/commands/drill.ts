import { Argument } from 'commander';
import { EXIT } from '../../core/errors.js';
import type { Drill, Proof } from '../drills/drill.js';
import { badFile, badModel, fullDisk } from '../drills/runs.js';
import { deadScheduler } from '../drills/scheduler.js';
import { badKeys, corruptArtefact, drift } from '../drills/service.js';
import { openStage } from '../drills/stage.js';
import { type Io, printJson, printLines } from '../output.js';
import { showProgress } from '../progress.js';
import type { AddCommand } from './common.js';

/** In an order in which each finds a model in production. */
const DRILLS: readonly Drill[] = [
  badFile,
  badModel,
  drift,
  deadScheduler,
  corruptArtefact,
  badKeys,
  fullDisk,
];

interface Drilled extends Pick<Drill, 'name' | 'trouble' | 'alert'> {
  readonly passed: boolean;
  readonly proofs: readonly Proof[];
}

/** `segue drill`: makes trouble, in a home of its own, and proves that it is told, that the gate holds and that the last good model serves. */
export const addDrill: AddCommand = (program, { io, exit }) => {
  program
    .command('drill')
    .description('make trouble in a home of its own, and prove that alarms, gate and service hold')
    .addArgument(
      new Argument('[drills...]', 'which; all unless given').choices(DRILLS.map(({ name }) => name)),
    )
    .option('--json', 'print one JSON document, for machines')
    .option('--verbose', 'show stack traces of errors')
    .action(async (names: readonly string[], { json }: { readonly json?: boolean }) => {
      const chosen = DRILLS.filter(({ name }) => names.length === 0 || names.includes(name));
      const progress = showProgress(io.stderr);
      const drilled: Drilled[] = [];
      progress.step('setting the stage: a catalogue, a model, a server');
      const stage = await openStage();
      try {
        for (const drill of chosen) {
          const { name, trouble, alert } = drill;
          progress.step(`${name}: ${trouble}`);
          const proofs = await drill.act(stage);
          drilled.push({ name, trouble, alert, passed: proofs.every(({ holds }) => holds), proofs });
        }
      } finally {
        progress.finish();
        await stage.close();
      }
      if (json) printJson(io, { passed: drilled.every(({ passed }) => passed), drills: drilled });
      else tell(io, drilled);
      if (drilled.some(({ passed }) => !passed)) exit(EXIT.fault);
    });
};

function tell(io: Io, drilled: readonly Drilled[]): void {
  for (const { name, trouble, alert, passed, proofs } of drilled) {
    printLines(io, `${passed ? 'passed' : 'FAILED'}  ${name}: ${trouble} (${alert})`);
    for (const { what, holds, seen } of proofs) printLines(io, `  ${holds ? '✓' : '✗'} ${what}  ${seen}`);
  }
  const failed = drilled.filter(({ passed }) => !passed).length;
  printLines(
    io,
    failed === 0 ? `All ${drilled.length} drills passed.` : `${failed} of ${drilled.length} drills failed.`,
  );
}
