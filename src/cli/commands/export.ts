import { resolve } from 'node:path';
import { Option } from 'commander';
import { writeWhole } from '../../core/files.js';
import { EXPORT_FORMATS, type ExportFormat, exportModel } from '../../models/export/export.js';
import { loadModel } from '../../models/files.js';
import { printLines } from '../output.js';
import { chosenVersion } from './chosen-version.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon } from './common.js';

type Options = CommonOptions & {
  readonly format: ExportFormat;
  readonly out: string;
  readonly model?: string;
};

/** `segue export`: the model for other programs. */
export const addExport: AddCommand = (program, { io }) => {
  const command = program
    .command('export')
    .description('the model as JSON, as ONNX, or as a joblib file that scikit-learn loads as a Pipeline')
    .addOption(new Option('--format <format>', 'what to write').choices(EXPORT_FORMATS).makeOptionMandatory())
    .requiredOption('--out <file>', 'where to write it')
    .option('--model <version>', 'a version; without it, the one in production');
  withCommon(command).action(async (options: Options) => {
    const home = homeOf(options);
    const model = await loadModel(home, await chosenVersion(home, options.model));
    const bytes = exportModel(model, options.format);
    await writeWhole(resolve(options.out), bytes);
    printLines(
      io,
      `${model.version} as ${options.format}: ${options.out} (${bytes.length.toLocaleString('en')} bytes)`,
    );
  });
};
