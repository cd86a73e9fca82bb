import { type Command, Option } from 'commander';
import { parseBucketAddress } from '../../bucket/address.js';
import { type Home, homeAt } from '../../core/home.js';
import type { Io } from '../output.js';

/** What `main` hands to every command. */
export interface CommandContext {
  readonly io: Io;
  /** Sets the exit status where it isn't 0. */
  readonly exit: (code: number) => void;
}

/** A command's maker: adds itself to the program. */
export type AddCommand = (program: Command, context: CommandContext) => void;

export interface CommonOptions {
  readonly home: string;
  readonly registry?: string;
  readonly verbose?: boolean;
}

/** Adds `--home` and `--verbose`, which every command has. */
export function withCommon(command: Command): Command {
  return command
    .addOption(
      new Option('--home <folder>', 'folder that holds everything').env('SEGUE_HOME').default('./.segue'),
    )
    .addOption(
      new Option('--registry <address>', 'bucket for versions and ledger, s3://…; default: the home').env(
        'SEGUE_REGISTRY',
      ),
    )
    .option('--verbose', 'show stack traces of errors');
}

/** Adds `--json`: one JSON document on standard output. */
export function withJson(command: Command): Command {
  return command.option('--json', 'print one JSON document, for machines');
}

export function homeOf(options: CommonOptions): Home {
  const registry = options.registry || undefined; // an empty line of .env is none
  if (registry !== undefined) parseBucketAddress(registry);
  return homeAt(options.home, registry);
}

/** The arguments that give another process of ours the same home. */
export function homeArguments({ root, registry }: Home): string[] {
  return ['--home', root, ...(registry === undefined ? [] : ['--registry', registry])];
}
