import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../../core/errors.js';
import { tellerOf } from '../../notices/tell.js';
import type { Resources } from '../../pipeline/options.js';
import { replayRun } from '../../pipeline/replay.js';
import { withCluster } from '../cluster/access.js';
import type { ClusterFlags } from '../cluster/asked.js';
import { printJson, printLines, printTable } from '../output.js';
import { showProgress } from '../progress.js';
import { CLUSTER } from '../settings/cluster.js';
import { withSettings } from '../settings/options.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';
import { pipelineContext } from './pipeline-context.js';
import { withResources } from './run-options.js';

type Options = CommonOptions & Resources & ClusterFlags & { readonly json?: boolean };

/** `segue replay <run>`: the same run again, compared byte by byte. */
export const addReplay: AddCommand = (program, { io, exit }) => {
  const command = program
    .command('replay <run>')
    .description(
      'clean, train and judge as that run did, and compare every file byte by byte; changes nothing',
    );
  withSettings(withResources(withJson(withCommon(command))), CLUSTER).action(
    async (run: string, flags: Options) => {
      const folder = await mkdtemp(join(tmpdir(), 'segue-replay-'));
      const progress = showProgress(io.stderr);
      const silence = tellerOf(homeOf(flags), [], () => new Date());
      try {
        const replay = await withCluster(flags, homeOf(flags), (cluster) =>
          replayRun(pipelineContext(flags, io, progress, silence, cluster), run, join(folder, 'home')),
        );
        progress.finish();
        const different = replay.files.filter(({ outcome }) => outcome === 'different');
        if (flags.json) printJson(io, replay);
        else {
          printTable(
            io,
            ['file', 'is'],
            replay.files.map(({ file, outcome }) => [file, outcome]),
          );
          const count = replay.files.length;
          const all =
            different.length === 0 ? 'No file differs' : `${different.length} of ${count} files differ`;
          printLines(
            io,
            '',
            `${all}: ${replay.version}, with ${replay.production ?? 'no model'} in production.`,
          );
        }
        exit(different.length === 0 ? EXIT.promoted : EXIT.fault);
      } finally {
        progress.finish();
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
};
