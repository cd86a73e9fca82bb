import { type AssignReport, assignCatalogue } from '../../catalogue/assign.js';
import { assignOnCluster } from '../../catalogue/cluster/assign.js';
import { checkTarget } from '../../catalogue/cluster/target.js';
import { sha256OfJson } from '../../core/hash.js';
import type { Home } from '../../core/home.js';
import type { Progress } from '../../core/progress.js';
import { loadModel } from '../../models/files.js';
import type { Model } from '../../models/format.js';
import { pinnedNames } from '../../models/pin.js';
import { withPinnedNames } from '../../models/pins.js';
import { clusterFor } from '../../pipeline/cluster.js';
import type { Resources } from '../../pipeline/options.js';
import { absoluteSource } from '../../pipeline/source.js';
import { withCluster } from '../cluster/access.js';
import { asksForCluster, type ClusterFlags, checkCluster } from '../cluster/asked.js';
import { printJson, printLines, printTable } from '../output.js';
import { showProgress } from '../progress.js';
import { CLUSTER } from '../settings/cluster.js';
import { withSettings } from '../settings/options.js';
import { chosenVersion } from './chosen-version.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';
import { withResources } from './run-options.js';

type Options = CommonOptions &
  Resources &
  ClusterFlags & { readonly out: string; readonly model?: string; readonly json?: boolean };

/** `segue assign`: the segment of every track of a catalogue. */
export const addAssign: AddCommand = (program, { io }) => {
  const command = program
    .command('assign <source>')
    .description('the segment of every track of a catalogue; rejected rows go to a file beside it')
    .requiredOption('--out <file>', 'Parquet file to write; by a cluster, folder of such files')
    .option('--model <version>', 'a version; without it, the one in production');
  withSettings(withResources(withJson(withCommon(command))), CLUSTER).action(
    async (source: string, options: Options) => {
      const home = homeOf(options);
      const model = await loadModel(home, await chosenVersion(home, options.model));
      const progress = showProgress(io.stderr);
      try {
        const { out } = options;
        const report = await assigned(absoluteSource(source), model, options, home, progress);
        progress.finish();
        if (options.json) return printJson(io, report);
        const { read, kept } = report.rows;
        printLines(
          io,
          `${read.toLocaleString('en')} read, ${kept.toLocaleString('en')} assigned by ${model.version}: ${out}`,
        );
        if (read > kept) printLines(io, `${(read - kept).toLocaleString('en')} rejected: ${report.rejects}`);
        const { segments } = withPinnedNames(model, await pinnedNames(home));
        printTable(
          io,
          ['segment', 'tracks', 'name'],
          report.segments.map((tracks, c) => [String(c), tracks, segments[c]!.name.en]),
        );
      } finally {
        progress.finish();
      }
    },
  );
};

/** Assigns on this machine, or on the cluster that the flags ask for. */
async function assigned(
  source: string,
  model: Model,
  flags: Options,
  home: Home,
  progress: Progress,
): Promise<AssignReport> {
  const { threads, memoryLimit } = flags;
  const work = { source, model, rules: {}, out: absoluteSource(flags.out) };
  if (!asksForCluster(flags, [source, work.out], process.env))
    return assignCatalogue({ ...work, scratch: home.sharedScratch, threads, memoryLimit }, progress);
  await checkCluster(flags, source, home.root);
  return withCluster(flags, home, async (access) => {
    progress.step('looking at where to write');
    const cluster = await clusterFor(access, progress);
    await checkTarget(cluster, work.out);
    const name = `assign-${sha256OfJson([source, work.out]).slice(0, 12)}`;
    return assignOnCluster(
      { ...work, cluster, work: access.workFor(source, name), scratch: home.sharedScratch },
      progress,
    );
  });
}
