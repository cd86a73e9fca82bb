import type { Argument, Command, Option } from 'commander';
import { wholeProgram } from '#segue/cli/main.js';
import { escaped, table } from './markdown.js';

/** Options that many commands have, told once. */
const COMMON = ['--home', '--registry', '--verbose', '--json'];

/** docs/reference/cli.md: every command with its arguments and options, as the program itself knows them. */
export async function cliReference(): Promise<string> {
  const program = await wholeProgram(process);
  const commands = leavesOf(program);
  return [
    '# The command line',
    '',
    '<!-- Made by npm run reference from the commands themselves. -->',
    '',
    'Every command of `npx segue`, with what it takes. An option wins over its environment variable, and that over the default. Exit status: 0 done, or',
    'promoted · 3 the gate refused · 2 wrong usage or unusable input · 1 anything else ([errors](../errors.md)).',
    '',
    ...table(
      ['command', 'does'],
      commands.map((command) => [
        `[\`${nameOf(command)}\`](#${nameOf(command).replaceAll(' ', '-')})`,
        escaped(command.description()),
      ]),
    ),
    '',
    'Options that many of them have:',
    '',
    ...optionTable(commonOf(commands)),
    ...commands.flatMap(sectionOf),
    '',
  ].join('\n');
}

/** Commands that do something: `models list`, not `models`. */
function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function commonOf(commands: readonly Command[]): Option[] {
  const all = commands.flatMap(({ options }) => options);
  return COMMON.flatMap((long) => all.find((option) => option.long === long) ?? []);
}

function sectionOf(command: Command): string[] {
  const shown = command.options.filter(({ hidden }) => !hidden);
  const own = shown.filter(({ long }) => !COMMON.includes(long ?? ''));
  const common = shown.filter(({ long }) => COMMON.includes(long ?? '')).map(({ long }) => `\`${long}\``);
  return [
    '',
    `## ${nameOf(command)}`,
    '',
    sentence(escaped(command.description())),
    '',
    '```text',
    `npx ${nameOf(command)} ${command.usage()}`,
    '```',
    ...argumentTable(command.registeredArguments),
    ...(own.length === 0 ? [] : ['', ...optionTable(own)]),
    ...(common.length === 0 ? [] : ['', `Also ${common.join(', ')}.`]),
  ];
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function argumentTable(all: readonly Argument[]): string[] {
  const described = all.filter(
    ({ description, argChoices }) => description !== '' || argChoices !== undefined,
  );
  if (described.length === 0) return [];
  return [
    '',
    ...table(
      ['argument', 'what'],
      described.map((one) => [`\`${one.name()}\``, escaped(one.description) + choicesOf(one)]),
    ),
  ];
}

function optionTable(options: readonly Option[]): string[] {
  return table(
    ['option', 'what', 'unless given', 'environment'],
    options.map((option) => [
      `\`${option.flags.replaceAll('|', String.raw`\|`)}\``,
      escaped(option.description) + choicesOf(option),
      option.mandatory && option.defaultValue === undefined ? 'required' : defaultOf(option),
      option.envVar === undefined ? '' : `\`${option.envVar}\``,
    ]),
  );
}

function choicesOf({ argChoices }: Pick<Option, 'argChoices'>): string {
  return argChoices === undefined ? '' : `: ${argChoices.map((choice) => `\`${choice}\``).join(', ')}`;
}

function defaultOf({ defaultValue, defaultValueDescription }: Option): string {
  if (defaultValueDescription !== undefined) return defaultValueDescription;
  const value = defaultValue as boolean | number | string | readonly string[] | undefined;
  if (value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return `\`${typeof value === 'object' ? value.join(',') : value}\``;
}
