import { Option } from 'commander';
import { SegueError } from '../../core/errors.js';
import type { RunRequest } from '../../pipeline/begin.js';
import { startRun } from '../../pipeline/start.js';
import { withCluster } from '../cluster/access.js';
import { showProgress } from '../progress.js';
import { tellerFor } from '../teller.js';
import { traced } from '../traced.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';
import { pipelineContext } from './pipeline-context.js';
import { type ClusterRunFlags, checkedOptionsOf, type RunFlags, withClusterRun } from './run-options.js';
import { exitCodeOf, printOutcome } from './run-outcome.js';

type Options = CommonOptions &
  RunFlags &
  ClusterRunFlags & {
    readonly json?: boolean;
    readonly resume?: string;
    readonly fresh?: boolean;
    readonly id?: string;
  };

/** `segue run`: the whole DAG once. */
export const addRun: AddCommand = (program, { io, exit }) => {
  const command = program
    .command('run')
    .description('clean, train, judge and promote, once; a run that was killed goes on where it was')
    .option('--resume <run>', 'go on with this run')
    .addOption(new Option('--id <run>', 'begin a new run of that id').hideHelp())
    .option('--fresh', 'begin anew even if a run with the same options was cut off');
  withClusterRun(withJson(withCommon(command))).action(async (flags: Options) => {
    const teller = await tellerFor(homeOf(flags), io);
    const progress = showProgress(io.stderr);
    try {
      const record = await traced('segue run', io, async (span) =>
        withCluster(flags, homeOf(flags), async (cluster) =>
          startRun(
            pipelineContext(flags, io, progress, teller, cluster, span),
            flags.resume === undefined ? await requestOf(flags) : { resume: flags.resume },
          ),
        ),
      );
      progress.finish();
      await printOutcome(io, homeOf(flags), record, flags.json === true);
      if (record.state === 'promoted') await teller.recovered(record.run, record.version!);
      exit(exitCodeOf(record));
    } finally {
      progress.finish();
    }
  });
};

async function requestOf(flags: Options): Promise<RunRequest> {
  const options = await checkedOptionsOf(flags, sourceOf(flags));
  return flags.id === undefined ? { options, fresh: flags.fresh } : { options, id: flags.id };
}

/** The source that must have been given. */
export function sourceOf(flags: RunFlags): string {
  if (flags.source !== undefined) return flags.source;
  throw new SegueError('SEGUE_USAGE', {
    what: 'No catalogue was given',
    mend: 'Add --source <file, folder or glob>; «segue generate» makes one to try.',
  });
}
