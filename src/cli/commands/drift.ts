import { type Command, Option } from 'commander';
import type { IngestReport } from '../../catalogue/ingest.js';
import { EXIT } from '../../core/errors.js';
import { readIfPresent } from '../../core/files.js';
import type { Home } from '../../core/home.js';
import type { Assessment } from '../../drift/assess.js';
import type { Finding } from '../../drift/finding.js';
import { isTold, VERDICTS, type Verdict } from '../../drift/limits.js';
import { MOST_WINDOW_DAYS, servedDrift, WINDOW_DAYS } from '../../drift/served.js';
import { sourceDrift, type Trained } from '../../drift/source.js';
import { loadModel } from '../../models/files.js';
import { registrationOf } from '../../models/registry.js';
import type { Resources } from '../../pipeline/options.js';
import { absoluteSource } from '../../pipeline/source.js';
import { type Io, printJson, printLines, printTable } from '../output.js';
import { integer } from '../parse.js';
import { showProgress } from '../progress.js';
import { chosenVersion } from './chosen-version.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';
import { withResources } from './run-options.js';

type Options = CommonOptions &
  Resources & {
    readonly source?: string;
    readonly model?: string;
    readonly days: number;
    readonly failOn?: 'warn' | 'alert';
    readonly json?: boolean;
  };

/** `segue drift`: whether what is asked, or a catalogue, still looks like what the model was trained on. */
export const addDrift: AddCommand = (program, { io, exit }) => {
  const command: Command = program
    .command('drift')
    .description('compare what was asked of the service, or a catalogue, with what the model was trained on')
    .option(
      '--source <files>',
      'a catalogue (CSV, CSV.gz, Parquet; file, folder or glob) instead of what was asked',
    )
    .option('--model <version>', 'a version; without it, the one in production')
    .addOption(
      new Option('--days <number>', `days of what was asked, at most ${MOST_WINDOW_DAYS}`)
        .argParser(integer(1, MOST_WINDOW_DAYS))
        .default(WINDOW_DAYS),
    )
    .addOption(
      new Option('--fail-on <verdict>', 'exit with 3 for this verdict or a worse one').choices([
        'warn',
        'alert',
      ]),
    );
  withResources(withJson(withCommon(command))).action(async (options: Options) => {
    const home = homeOf(options);
    const model = await loadModel(home, await chosenVersion(home, options.model));
    const progress = showProgress(io.stderr);
    try {
      const { source, threads, memoryLimit, days } = options;
      const found =
        source === undefined
          ? await servedDrift(home, model, new Date(), days)
          : await sourceDrift(
              {
                source: absoluteSource(source),
                model,
                trained: await trainedOn(home, model.version),
                scratch: home.sharedScratch,
                threads,
                memoryLimit,
              },
              progress,
            );
      progress.finish();
      if (options.json) printJson(io, found);
      else tell(io, found);
      if (atLeast(found.verdict, options.failOn)) exit(EXIT.refused);
    } finally {
      progress.finish();
    }
  });
};

/** The dataset of the run that trained the version, if it is still in this home. */
async function trainedOn(home: Home, version: string): Promise<Trained | undefined> {
  const run = (await registrationOf(home, version))?.run ?? null;
  if (run === null) return undefined;
  const { report, xTrain, xTest } = home.dataset(run);
  const text = await readIfPresent(report);
  return text === undefined
    ? undefined
    : { tracks: [xTrain, xTest], report: JSON.parse(text) as IngestReport };
}

function atLeast(verdict: Verdict, limit: Verdict | undefined): boolean {
  return limit !== undefined && VERDICTS.indexOf(verdict) >= VERDICTS.indexOf(limit);
}

const WORDS: Readonly<Record<Verdict, string>> = {
  not_enough_data: 'Not enough data',
  none: 'No drift',
  warn: 'Warning',
  alert: 'Alert',
};

function tell(io: Io, found: Assessment): void {
  const { verdict, tracks, smallest_visible_shift: shift, model_version } = found;
  const seen =
    shift === null
      ? ''
      : `; a shift of a mean by ${shift.toFixed(2)} standard deviations or more would have been told`;
  printLines(io, `${WORDS[verdict]}: ${tracks.toLocaleString('en')} tracks against ${model_version}${seen}.`);
  for (const { kind, why } of found.kinds) printLines(io, `${kind}: ${why}`);
  printLines(io, '');
  printTable(
    io,
    ['feature', 'trained: mean', 'sd', 'now: mean', 'sd', 'shift, sd', 'verdict'],
    found.features.map(({ feature, reference, current, verdict: own }) => [
      feature,
      figure(reference.mean),
      figure(reference.sd),
      figure(current.mean),
      figure(current.sd),
      figure(effectOf(found.findings, feature)),
      WORDS[own].toLowerCase(),
    ]),
  );
  printLines(io, '');
  printTable(
    io,
    ['segment', 'name', 'trained, %', 'now, %'],
    found.segments.map(({ cluster_id, name, reference_share, current_share }) => [
      String(cluster_id),
      name.en,
      (reference_share * 100).toFixed(1),
      current_share === null ? '' : (current_share * 100).toFixed(1),
    ]),
  );
  const told = found.findings.filter((one) => isTold(one.verdict));
  if (told.length === 0) return;
  printLines(io, '');
  printTable(
    io,
    ['finding', 'measure', 'z', 'effect', 'verdict'],
    told.map(({ subject, measure, z, effect, verdict: own }) => [
      subject,
      measure,
      figure(z),
      figure(effect),
      WORDS[own].toLowerCase(),
    ]),
  );
}

function effectOf(findings: readonly Finding[], feature: string): number | null {
  return findings.find(({ subject, measure }) => subject === feature && measure === 'mean')?.effect ?? null;
}

function figure(value: number | null): string {
  return value === null ? '' : value.toPrecision(3);
}
