import { Cron } from 'croner';
import { currentActor } from '../../core/actor.js';
import { toSegueError } from '../../core/errors.js';
import type { Home } from '../../core/home.js';
import { productionVersion } from '../../models/registry.js';
import { missedNotice } from '../../notices/notice.js';
import { prune } from '../../pipeline/prune.js';
import { listRecords } from '../../pipeline/run-record.js';
import { missedDue, tellNextDue } from '../../pipeline/schedule.js';
import { startRun } from '../../pipeline/start.js';
import { withCluster } from '../cluster/access.js';
import { handDownAddress } from '../cluster/asked.js';
import { type Io, printLines } from '../output.js';
import { showProgress } from '../progress.js';
import { type Retraining, startRetraining } from '../retrain.js';
import { checkSchedule } from '../schedule.js';
import { type ServeFlags, withServeOptions } from '../serving/serve-options.js';
import { withSettings } from '../settings/options.js';
import { RETENTION, SCHEDULE } from '../settings/schedule.js';
import type { ValuesOf } from '../settings/setting.js';
import { untilStopped } from '../signals.js';
import { tellerFor } from '../teller.js';
import { traced } from '../traced.js';
import { type AddCommand, type CommonOptions, homeArguments, homeOf, withCommon } from './common.js';
import { pipelineContext } from './pipeline-context.js';
import { type RetentionFlags, retentionOf } from './prune.js';
import { sourceOf } from './run.js';
import {
  argumentsOf,
  type ClusterRunFlags,
  checkedOptionsOf,
  type RunFlags,
  resourcesOf,
  withClusterRun,
} from './run-options.js';
import { exitCodeOf, printOutcome } from './run-outcome.js';
import { serveHome } from './serve.js';

type Options = CommonOptions &
  RunFlags &
  ClusterRunFlags &
  RetentionFlags &
  ServeFlags &
  ValuesOf<typeof SCHEDULE>;

/** `segue up`: a first run if there is no model, then the server and the weekly schedule. */
export const addUp: AddCommand = (program, { io, exit }) => {
  const command = program
    .command('up')
    .description('first run if there is no model, then serve and retrain every week');
  withServeOptions(withClusterRun(withCommon(command)));
  withSettings(withSettings(command, RETENTION), SCHEDULE).action(async (flags: Options) => {
    const options = await checkedOptionsOf(flags, sourceOf(flags));
    const home = homeOf(flags);
    checkSchedule(flags);
    const teller = await tellerFor(home, io);
    await teller.sendRest();
    if ((await productionVersion(home)) === null) {
      const progress = showProgress(io.stderr);
      const record = await traced('segue run', io, async (span) =>
        withCluster(flags, home, (cluster) =>
          startRun(pipelineContext(flags, io, progress, teller, cluster, span), { options }),
        ),
      ).finally(() => progress.finish());
      await printOutcome(io, home, record, false);
      if (record.state === 'refused') return exit(exitCodeOf(record));
    }

    const { spark: _handedDown, ...shown } = flags;
    handDownAddress(flags, process.env);
    const runArguments = argumentsOf(options, resourcesOf(flags), flags.clusterWork);
    let running: Retraining | undefined;
    let stopped = false;
    const retrain = async (): Promise<void> => {
      const began = new Date();
      running = startRetraining([...homeArguments(home), ...runArguments]);
      await running.exitCode; // a refusal or a fault is told by the run's own T5
      running = undefined;
      if (stopped) return; // it was ended with this process: what it owes, the next one makes up for
      await tellNextDue(home, schedule.nextRun());
      await pruneAfter(home, flags, io);
      const [newest] = await listRecords(home);
      if (newest !== undefined && new Date(newest.updated_at) < began)
        await teller.tell(missedNotice(began, await productionVersion(home), new Date()));
    };
    const schedule = new Cron(flags.cron, { timezone: flags.timezone, protect: true }, retrain);
    const server = await serveHome(home, { ...shown, runArguments }, io, () => {
      if (flags.retrainOnDrift) void schedule.trigger();
    });
    await tellNextDue(home, schedule.nextRun());
    const missed = await missedDue(home, schedule, new Date());
    if (missed !== undefined) {
      await teller.tell(missedNotice(missed, await productionVersion(home), new Date()));
      if (flags.catchUp === 'once') void schedule.trigger();
    }
    printLines(io, `Serving at ${server.url}; next retrain: ${schedule.nextRun()?.toISOString() ?? 'never'}`);
    await untilStopped();
    stopped = true;
    schedule.stop();
    await tellNextDue(home, null);
    running?.stop();
    await server.close();
  });
};

/** After each retrain, where the flags say how much of the past stays. */
async function pruneAfter(home: Home, flags: Options, io: Io): Promise<void> {
  const policy = retentionOf(flags);
  if (policy === undefined) return;
  const act = { run: null, actor: currentActor(), now: () => new Date(), reason: 'retention' };
  await prune(home, policy, act).catch((error: unknown) => {
    io.stderr.write(`warning: old versions could not be removed: ${toSegueError(error).message}\n`);
  });
}
