import { currentActor } from '../../core/actor.js';
import type { Span } from '../../core/tracing.js';
import { SPOTIFY_FEATURES } from '../../features/contract.js';
import { noticeOf } from '../../notices/notice.js';
import type { Teller } from '../../notices/tell.js';
import { alertLine } from '../../pipeline/alert.js';
import { type ClusterAccess, NO_CLUSTER } from '../../pipeline/cluster.js';
import type { Resources } from '../../pipeline/options.js';
import type { RunnerContext } from '../../pipeline/runner.js';
import type { Io } from '../output.js';
import type { ShownProgress } from '../progress.js';
import { type CommonOptions, homeOf } from './common.js';
import { attemptsOf, type RunFlags, resourcesOf } from './run-options.js';

/** The effects that the command line gives the pipeline: this machine's clock; alerts go to standard error and to people. */
export function pipelineContext(
  flags: CommonOptions & Resources & Partial<Pick<RunFlags, 'retries' | 'taskTimeout'>>,
  io: Io,
  progress: ShownProgress,
  teller: Teller,
  cluster: ClusterAccess = NO_CLUSTER,
  span?: Span,
): RunnerContext {
  return {
    home: homeOf(flags),
    contract: SPOTIFY_FEATURES,
    resources: resourcesOf(flags),
    cluster,
    progress,
    actor: currentActor(),
    now: () => new Date(),
    attempts: attemptsOf(flags),
    span,
    notify: async (alert) => {
      progress.finish();
      io.stderr.write(`alert: ${alertLine(alert)}\n`);
      await teller.tell(noticeOf(alert));
    },
  };
}
