import { Option } from 'commander';
import { CLEAN, DIRT_KINDS, type DirtKind, type DirtRates } from '../../catalogue/synthetic/dirt.js';
import { writeSyntheticCatalogue } from '../../catalogue/synthetic/write.js';
import { printJson, printLines } from '../output.js';
import { integer, number } from '../parse.js';
import { showProgress } from '../progress.js';
import { type AddCommand, withJson } from './common.js';

type Options = Readonly<Record<string, unknown>> & {
  readonly tracks: number;
  readonly seed: number;
  readonly out: string;
  readonly clean?: boolean;
  readonly json?: boolean;
};

/** `segue generate`: a synthetic catalogue. */
export const addGenerate: AddCommand = (program, { io }) => {
  const command = program
    .command('generate')
    .description("a synthetic catalogue in Kaggle's schema; the same seed gives the same bytes")
    .requiredOption('--tracks <number>', 'rows', integer(1))
    .requiredOption('--out <file>', 'where to write it: .csv or .csv.gz')
    .addOption(new Option('--seed <number>', 'what to generate from').argParser(integer(0)).default(42))
    .option('--clean', 'no dirt at all, but for the rates given')
    .option('--verbose', 'show stack traces of errors');
  for (const { kind, description } of DIRT_KINDS) {
    command.option(
      `--dirt-${kind.replaceAll('_', '-')} <rate>`,
      description,
      number({ minimum: 0, maximum: 1 }),
    );
  }
  withJson(command).action(async (options: Options) => {
    const progress = showProgress(io.stderr);
    const { tracks, seed, out } = options;
    const dirt = { ...(options.clean === true ? CLEAN : {}), ...ratesGiven(options) };
    try {
      progress.step(`generating ${tracks.toLocaleString('en')} tracks`);
      const report = await writeSyntheticCatalogue(out, { tracks, seed, dirt }, progress);
      progress.finish();
      if (options.json) return printJson(io, report);
      const { kept, rejected } = report.expected;
      const reasons = Object.entries(rejected).map(
        ([reason, rows]) => `${reason} ${rows.toLocaleString('en')}`,
      );
      printLines(
        io,
        `${out}: ${tracks.toLocaleString('en')} tracks, ${report.bytes.toLocaleString('en')} bytes, sha256 ${report.sha256}`,
        `Cleaning should keep ${kept.toLocaleString('en')} of them; rejected: ${reasons.join(', ') || 'none'}.`,
      );
    } finally {
      progress.finish();
    }
  });
};

function ratesGiven(options: Options): Partial<DirtRates> {
  const given = DIRT_KINDS.map(({ kind }) => [kind, options[optionName(kind)]] as const);
  return Object.fromEntries(given.filter(([, rate]) => rate !== undefined));
}

/** commander's name of a flag: `--dirt-line-break` is `dirtLineBreak`. */
function optionName(kind: DirtKind): string {
  return `dirt_${kind}`.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
