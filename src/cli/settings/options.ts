import { type Command, Option } from 'commander';
import { flagOf, type Group, type Setting, variableOf } from './setting.js';
import { plainText } from './value.js';

/** Adds a group's flags to a command; each is also read from its variable, which counts less. */
export function withSettings(command: Command, group: Group): Command {
  for (const [name, setting] of Object.entries(group.settings)) {
    if (setting.argument !== undefined) command.addOption(optionOf(name, setting));
  }
  return command;
}

function optionOf(name: string, setting: Setting): Option {
  const { kind, fallback, unless } = setting;
  const option = bareOption(name, setting).env(variableOf(name, setting));
  if (kind.schema.enum !== undefined) option.choices(kind.schema.enum);
  option.argParser(kind.parse);
  return fallback === undefined ? option : option.default(kind.parse(fallback), unless ?? fallback);
}

/** The flag alone: what it is given stays text, and nothing else is read. */
export function bareOption(name: string, setting: Setting): Option {
  const { argument = '<text>', what, fallback, unless } = setting;
  const words =
    unless === undefined || fallback !== undefined ? what : `${what}; unless given: ${plainText(unless)}`;
  const option = new Option(`${flagOf(name)} ${argument}`, words);
  return argument === '[yes|no]' ? option.preset('yes') : option;
}
