import type { Command } from 'commander';
import { currentActor } from '../../core/actor.js';
import { prune, pruneable } from '../../pipeline/prune.js';
import type { RetentionPolicy } from '../../pipeline/retention.js';
import { printJson, printLines } from '../output.js';
import { integer } from '../parse.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';

export interface RetentionFlags {
  readonly keepVersions?: number;
  readonly keepDatasets?: number;
}

type Options = CommonOptions & RetentionFlags & { readonly dryRun?: boolean; readonly json?: boolean };

const DEFAULTS: RetentionPolicy = { versions: 12, datasets: 3 };

/** `segue prune`: removes old versions and datasets. */
export const addPrune: AddCommand = (program, { io }) => {
  const command = program
    .command('prune')
    .description('remove old versions and datasets; production and what a rollback needs always stay')
    .option('--dry-run', 'only say what would go');
  withRetention(
    withJson(withCommon(command)),
    ` (default: ${DEFAULTS.versions})`,
    ` (default: ${DEFAULTS.datasets})`,
  ).action(async (options: Options) => {
    const home = homeOf(options);
    const policy = retentionOf(options) ?? DEFAULTS;
    const act = { run: null, actor: currentActor(), now: () => new Date(), reason: 'retention' };
    const gone = options.dryRun ? await pruneable(home, policy) : await prune(home, policy, act);
    if (options.json) return printJson(io, gone);
    const { versions, datasets, bytes } = gone;
    const mib = (bytes / 1024 ** 2).toFixed(1);
    printLines(
      io,
      ...versions.map((version) => `version ${version}`),
      ...datasets.map((name) => `dataset ${name}`),
      `${options.dryRun ? 'Would remove' : 'Removed'} ${versions.length} versions and ${datasets.length} datasets, ${mib} MiB.`,
    );
  });
};

/** Adds the options that say how much stays. */
export function withRetention(command: Command, versions = '', datasets = ''): Command {
  return command
    .option('--keep-versions <number>', `newest versions that stay${versions}`, integer(2))
    .option('--keep-datasets <number>', `newest runs whose cleaned tracks stay${datasets}`, integer(1));
}

/** The policy; undefined where no option asks for one. */
export function retentionOf({ keepVersions, keepDatasets }: RetentionFlags): RetentionPolicy | undefined {
  if (keepVersions === undefined && keepDatasets === undefined) return undefined;
  return { versions: keepVersions ?? DEFAULTS.versions, datasets: keepDatasets ?? DEFAULTS.datasets };
}
