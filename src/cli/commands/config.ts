import type { Command } from 'commander';
import type { SegueError } from '../../core/errors.js';
import { errorAsJson, type Io, printError, printJson, printLines, printTable } from '../output.js';
import { putBehind } from '../settings/behind.js';
import { bareOption } from '../settings/options.js';
import { type Origin, originsOf, shownValue } from '../settings/origins.js';
import { configurationSchema } from '../settings/schema.js';
import { SETTINGS } from '../settings/table.js';
import { unusable } from '../settings/usable.js';
import { plainText } from '../settings/value.js';
import { type AddCommand, withJson } from './common.js';

type Options = Readonly<Record<string, string>> & { readonly json?: true; readonly verbose?: true };

/** `segue config`: what the settings are, and what the configuration file may say. */
export const addConfig: AddCommand = (program, { io, exit, configuration }) => {
  const config = program.command('config').description('what the settings are, and where each comes from');

  const check = config
    .command('check')
    .description("every setting's value and where it comes from; takes the flags of all commands")
    .option('--verbose', 'show stack traces of errors');
  withJson(withBareFlags(check)).action(async ({ json, verbose, ...flags }: Options) => {
    const origins = originsOf(flags, process.env, configuration);
    const env = { ...process.env };
    putBehind(env, configuration);
    const faults = [...configuration.faults, ...(await unusable(origins, env))];
    if (json) printJson(io, asJson(configuration.file, origins, faults));
    else tell(io, configuration.file, origins);
    if (faults.length === 0) return json ? undefined : printLines(io, 'Nothing is wrong.');
    for (const fault of faults) printError(io, fault, verbose === true);
    exit(Math.max(...faults.map(({ exitCode }) => exitCode)));
  });

  config
    .command('schema')
    .description('JSON Schema of the configuration file')
    .action(() => printJson(io, configurationSchema()));
};

/** Every flag that is a setting, as text: what each comes to is looked at by ourselves. */
function withBareFlags(command: Command): Command {
  for (const [name, setting] of SETTINGS) {
    if (setting.argument !== undefined) command.addOption(bareOption(name, setting));
  }
  return command;
}

function tell(io: Io, file: string | undefined, origins: readonly Origin[]): void {
  const rows = origins.map((found) => [found.name, shownValue(found) ?? unless(found), from(found)]);
  printLines(io, file ?? 'No configuration file is read.', '');
  printTable(io, ['setting', 'value', 'from'], rows);
  printLines(io, '');
}

function from({ origin, variable }: Origin): string {
  return origin === 'environment' ? variable! : origin;
}

/** What holds where it has no value. */
function unless({ setting }: Origin): string {
  return `(${plainText(setting.unless ?? '')})`;
}

function asJson(file: string | undefined, origins: readonly Origin[], faults: readonly SegueError[]): object {
  return {
    file: file ?? null,
    settings: origins.map((found) => ({
      name: found.name,
      value: shownValue(found) ?? null,
      origin: found.origin,
      variable: found.variable ?? null,
      secret: found.setting.secret !== undefined,
    })),
    faults: faults.map((fault) => errorAsJson(fault).error),
  };
}
