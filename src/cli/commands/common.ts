import type { Command } from 'commander';
import { parseBucketAddress } from '../../bucket/address.js';
import { type Home, homeAt } from '../../core/home.js';
import type { Io } from '../output.js';
import { COMMON } from '../settings/common.js';
import type { Configuration } from '../settings/configuration.js';
import { withSettings } from '../settings/options.js';
import type { ValuesOf } from '../settings/setting.js';

/** What `main` hands to every command. */
export interface CommandContext {
  readonly io: Io;
  /** Sets the exit status where it isn't 0. */
  readonly exit: (code: number) => void;
  /** What the configuration file says. */
  readonly configuration: Configuration;
}

/** A command's maker: adds itself to the program. */
export type AddCommand = (program: Command, context: CommandContext) => void;

export type CommonOptions = ValuesOf<typeof COMMON> & { readonly verbose?: boolean };

/** Adds `--home` and what else every command has that works on one. */
export function withCommon(command: Command): Command {
  return withSettings(command, COMMON).option('--verbose', 'show stack traces of errors');
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
