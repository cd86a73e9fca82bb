import { EXIT } from '../../core/errors.js';
import { parseTaskId } from '../../pipeline/dag.js';
import { startTask } from '../../pipeline/start.js';
import { withCluster } from '../cluster/access.js';
import { printJson, printLines } from '../output.js';
import { showProgress } from '../progress.js';
import { tellerFor } from '../teller.js';
import { traced } from '../traced.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';
import { pipelineContext } from './pipeline-context.js';
import { type ClusterRunFlags, checkedOptionsOf, type RunFlags, withClusterRun } from './run-options.js';

type Options = CommonOptions & RunFlags & ClusterRunFlags & { readonly json?: boolean; readonly run: string };

/** `segue task`: what an outer orchestrator such as Airflow calls. */
export const addTask: AddCommand = (program, { io, exit }) => {
  const command = program
    .command('task <task>')
    .description('one task of a run (T1 … T5); repeating it is harmless')
    .requiredOption('--run <id>', 'id of the run; the first task of a new id begins it and needs --source');
  withClusterRun(withJson(withCommon(command))).action(async (name: string, flags: Options) => {
    const task = parseTaskId(name);
    const teller = await tellerFor(homeOf(flags), io);
    const progress = showProgress(io.stderr);
    try {
      const options = flags.source === undefined ? undefined : await checkedOptionsOf(flags, flags.source);
      const record = await traced(`segue task ${task.slice(0, 2)}`, io, async (span) =>
        withCluster(flags, homeOf(flags), (cluster) =>
          startTask(pipelineContext(flags, io, progress, teller, cluster, span), flags.run, task, options),
        ),
      );
      progress.finish();
      const outcome = record.tasks[task];
      if (flags.json)
        printJson(io, { run: record.run, task, state: record.state, version: record.version, outcome });
      else printLines(io, `${task}: ${outcome.summary ?? outcome.state}`);
      if (record.state === 'promoted' && task === 'T4_Registro_Despliegue')
        await teller.recovered(record.run, record.version!);
      exit(outcome.state === 'refused' ? EXIT.refused : EXIT.promoted);
    } finally {
      progress.finish();
    }
  });
};
