import { currentActor } from '../../core/actor.js';
import { prune, pruneable } from '../../pipeline/prune.js';
import type { RetentionPolicy } from '../../pipeline/retention.js';
import { printJson, printLines } from '../output.js';
import { withSettings } from '../settings/options.js';
import { RETAINED, RETENTION } from '../settings/schedule.js';
import type { ValuesOf } from '../settings/setting.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';

export type RetentionFlags = ValuesOf<typeof RETENTION>;

type Options = CommonOptions & RetentionFlags & { readonly dryRun?: boolean; readonly json?: boolean };

/** `segue prune`: removes old versions and datasets. */
export const addPrune: AddCommand = (program, { io }) => {
  const command = program
    .command('prune')
    .description('remove old versions and datasets; production and what a rollback needs always stay')
    .option('--dry-run', 'only say what would go');
  withSettings(withJson(withCommon(command)), RETENTION).action(async (options: Options) => {
    const home = homeOf(options);
    const policy = retentionOf(options) ?? RETAINED;
    const act = { run: null, actor: currentActor(), now: () => new Date(), reason: 'retention' };
    const gone = options.dryRun ? await pruneable(home, policy) : await prune(home, policy, act);
    if (options.json) return printJson(io, gone);
    const { versions, datasets, bytes, cluster_folders: left } = gone;
    const mib = (bytes / 1024 ** 2).toFixed(1);
    printLines(
      io,
      ...versions.map((version) => `version ${version}`),
      ...datasets.map((name) => `dataset ${name}`),
      `${options.dryRun ? 'Would remove' : 'Removed'} ${versions.length} versions and ${datasets.length} datasets, ${mib} MiB.`,
      ...left.map((folder) => `On the cluster's storage, nothing needs this any more: ${folder}`),
    );
  });
};

/** The policy; undefined where no option asks for one. */
export function retentionOf({ keepVersions, keepDatasets }: RetentionFlags): RetentionPolicy | undefined {
  if (keepVersions === undefined && keepDatasets === undefined) return undefined;
  return { versions: keepVersions ?? RETAINED.versions, datasets: keepDatasets ?? RETAINED.datasets };
}
