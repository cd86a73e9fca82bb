import { resolve } from 'node:path';
import { assignCatalogue } from '../../catalogue/assign.js';
import { loadModel } from '../../models/files.js';
import { pinnedNames } from '../../models/pin.js';
import { withPinnedNames } from '../../models/pins.js';
import type { Resources } from '../../pipeline/options.js';
import { absoluteSource } from '../../pipeline/source.js';
import { printJson, printLines, printTable } from '../output.js';
import { showProgress } from '../progress.js';
import { chosenVersion } from './chosen-version.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';
import { withResources } from './run-options.js';

type Options = CommonOptions &
  Resources & { readonly out: string; readonly model?: string; readonly json?: boolean };

/** `segue assign`: the segment of every track of a catalogue. */
export const addAssign: AddCommand = (program, { io }) => {
  const command = program
    .command('assign <source>')
    .description('the segment of every track of a catalogue; rejected rows go to a file beside it')
    .requiredOption('--out <file>', 'Parquet file to write')
    .option('--model <version>', 'a version; without it, the one in production');
  withResources(withJson(withCommon(command))).action(async (source: string, options: Options) => {
    const home = homeOf(options);
    const model = await loadModel(home, await chosenVersion(home, options.model));
    const progress = showProgress(io.stderr);
    try {
      const { out, threads, memoryLimit } = options;
      const report = await assignCatalogue(
        {
          source: absoluteSource(source),
          model,
          rules: {},
          out: resolve(out),
          scratch: home.sharedScratch,
          threads,
          memoryLimit,
        },
        progress,
      );
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
  });
};
