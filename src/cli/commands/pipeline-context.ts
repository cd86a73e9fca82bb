import { currentActor } from '../../core/actor.js';
import type { Span } from '../../core/tracing.js';
import { SPOTIFY_FEATURES } from '../../features/contract.js';
import { alertLine } from '../../pipeline/alert.js';
import type { RunnerContext } from '../../pipeline/runner.js';
import type { Io } from '../output.js';
import type { ShownProgress } from '../progress.js';
import { type CommonOptions, homeOf } from './common.js';
import { type RunFlags, resourcesOf } from './run-options.js';

/** The effects that the command line gives the pipeline: this machine's clock, standard error as the sink of alerts. */
export function pipelineContext(
  flags: CommonOptions & RunFlags,
  io: Io,
  progress: ShownProgress,
  span?: Span,
): RunnerContext {
  return {
    home: homeOf(flags),
    contract: SPOTIFY_FEATURES,
    resources: resourcesOf(flags),
    progress,
    actor: currentActor(),
    now: () => new Date(),
    span,
    notify: async (alert) => {
      progress.finish();
      io.stderr.write(`alert: ${alertLine(alert)}\n`);
    },
  };
}
