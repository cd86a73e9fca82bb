import { type Command, Option } from 'commander';
import { currentActor } from '../../core/actor.js';
import { SegueError } from '../../core/errors.js';
import type { Segment } from '../../models/format.js';
import { pinnedNames } from '../../models/pin.js';
import { nameOf } from '../../models/pins.js';
import { type ProductionChange, productionEntry, promote, rollback } from '../../models/registry.js';
import { listVersions, showVersion, type VersionSummary } from '../../models/versions.js';
import type { Origin } from '../../pipeline/tasks/origin.js';
import type { ModelMetrics } from '../../training/metrics.js';
import { euclideanSilhouette } from '../../training/metrics.js';
import { type Io, printJson, printLines, printTable } from '../output.js';
import { moment } from '../parse.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';
import { addModelsDiff } from './models-diff.js';

type Options = CommonOptions & { readonly json?: boolean };
type PastOptions = Options & { readonly asOf?: Date };
type ChangeOptions = Options & { readonly reason?: string };
type PromoteOptions = ChangeOptions & { readonly override?: boolean; readonly by?: string };

/** `segue models list|show|diff|production|promote|rollback`. */
export const addModels: AddCommand = (program, { io }) => {
  const models = program
    .command('models')
    .description('versions: what there is, what is in production, and changing that');

  withAsOf(models.command('list').description('all versions, the newest first')).action(
    async (options: PastOptions) => {
      const versions = await listVersions(homeOf(options), options.asOf);
      if (options.json) return printJson(io, versions.map(forMachines));
      if (versions.length === 0) return printLines(io, 'No models yet. Train one: segue run --source <file>');
      printTable(
        io,
        ['version', 'state', 'k', 'silhouette', 'in production since', 'run'],
        versions.map(forPeople),
      );
    },
  );

  withAsOf(models.command('show <version>').description('one version: files, metrics, history')).action(
    async (version: string, options: PastOptions) => {
      const details = await showVersion(homeOf(options), version, options.asOf);
      const pins = await pinnedNames(homeOf(options));
      const { model, metrics, state, history } = details;
      const names = Object.fromEntries(model.segments.map((one) => [one.segment_id, nameOf(one, pins)]));
      if (options.json) return printJson(io, { ...details, names }); // the model itself is as its hash has it
      printLines(io, `${model.version}: ${state}, hash ${model.hash}, parent ${model.parent ?? 'none'}`, '');
      printTable(
        io,
        ['segment', 'id', 'rows', 'share', 'name', 'identity'],
        model.segments.map((segment) => [
          String(segment.cluster_id),
          segment.segment_id,
          segment.rows,
          `${(100 * segment.share).toFixed(1)} %`,
          names[segment.segment_id]!.en,
          identityOf(segment),
        ]),
      );
      printLines(io, '', ...originOf(metrics));
      printLines(io, '', ...history.map((entry) => `${entry.time}  ${entry.event}  by ${entry.actor}`));
    },
  );

  addModelsDiff(models, io);

  const production = models.command('production').description('what is in production, or was at a moment');
  withAsOf(production)
    .addOption(new Option('--at <time>', 'the same').argParser(moment).hideHelp()) // its name before the others had it
    .action(async (options: PastOptions & { readonly at?: Date }) => {
      const entry = await productionEntry(homeOf(options), options.asOf ?? options.at);
      if (options.json) return printJson(io, entry ?? null);
      if (entry === undefined) return printLines(io, 'No model was in production.');
      printLines(io, `${entry.version} since ${entry.time} (${entry.event} by ${entry.actor})`);
    });

  withChange(models.command('promote <version>').description('put a version into production'))
    .option('--override', 'although the gate refused it; needs --by and --reason')
    .option('--by <name>', 'the person who answers for that')
    .action(async (version: string, options: PromoteOptions) => {
      const act = { ...byHand(options), ...overrideOf(options) };
      printChange(io, await promote(homeOf(options), version, act), options.json === true);
    });

  withChange(
    models.command('rollback').description('bring back the version that was in production before'),
  ).action(async (options: ChangeOptions) => {
    printChange(io, await rollback(homeOf(options), byHand(options)), options.json === true);
  });
};

/** `continued, was 2, 97.1 % shared`. */
function identityOf({ identity: { event, from, jaccard } }: Segment): string {
  return from === null || jaccard === null
    ? event
    : `${event}, was ${from}, ${(100 * jaccard).toFixed(1)} % shared`;
}

/** `from spotify_data.csv, 1,234 bytes, SHA-256 …`; nothing for versions of earlier releases. */
function originOf(metrics: unknown): string[] {
  const { origin } = metrics as { readonly origin?: Origin };
  if (origin === undefined) return [];
  const files = origin.sources.map(
    ({ name, bytes, sha256 }) => `from ${name}, ${bytes.toLocaleString('en')} bytes, SHA-256 ${sha256}`,
  );
  return [...files, `options SHA-256 ${origin.config_hash}`];
}

function withAsOf(command: Command): Command {
  return withJson(withCommon(command)).option(
    '--as-of <time>',
    'as it was at a moment, such as 2026-11-01 or 2026-11-01T12:00:00Z',
    moment,
  );
}

function withChange(command: Command): Command {
  return withJson(withCommon(command)).option('--reason <text>', 'why; kept in the ledger');
}

function byHand({ reason }: ChangeOptions): Parameters<typeof rollback>[1] {
  return {
    run: null,
    actor: currentActor(),
    now: () => new Date(),
    ...(reason === undefined ? {} : { reason }),
  };
}

function overrideOf({ override, by, reason }: PromoteOptions): { readonly overrideBy?: string } {
  if (override !== true) return {};
  if (by !== undefined && by.trim() !== '' && reason !== undefined && reason.trim() !== '')
    return { overrideBy: by };
  throw new SegueError('SEGUE_USAGE', {
    what: 'An override needs the name of a person and a reason',
    mend: 'Add --by NAME --reason TEXT; the ledger keeps both.',
  });
}

function printChange(io: Io, change: ProductionChange, asJson: boolean): void {
  if (asJson) return printJson(io, change);
  if (!change.changed) return printLines(io, `${change.version} is in production already.`);
  printLines(io, `${change.version} is in production; before: ${change.previous ?? 'none'}.`);
}

function forPeople({ version, state, pruned, promoted_at, run, content }: VersionSummary): string[] {
  if (pruned) return [version, 'pruned', '', '', promoted_at ?? '', run ?? ''];
  if ('error' in content) return [version, 'damaged', '', '', promoted_at ?? '', content.error.details.what];
  const { value } = euclideanSilhouette((content.metrics as ModelMetrics).train);
  return [version, state, String(content.model.training.k), value.toFixed(4), promoted_at ?? '', run ?? ''];
}

function forMachines({ content, ...summary }: VersionSummary): Record<string, unknown> {
  if ('error' in content)
    return { ...summary, error: { code: content.error.code, message: content.error.message } };
  return { ...summary, hash: content.model.hash, parent: content.model.parent, metrics: content.metrics };
}
