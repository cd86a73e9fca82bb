import { beforeAll, describe, expect, it } from 'vitest';
import { flagOf, type Group, variableOf, variablesOf } from '#segue/cli/settings/setting.js';
import { GROUPS, SETTINGS } from '#segue/cli/settings/table.js';
import { segue } from '../segue.js';

/** Help of every command that has no further ones, by its name; on one line. */
const helps = new Map<string, string>();

beforeAll(async () => {
  await collect('');
});

async function collect(name: string): Promise<void> {
  const { stdout } = await segue(...name.split(' ').filter((word) => word !== ''), '--help');
  const [, commands] = stdout.split('\nCommands:\n');
  if (commands === undefined) {
    helps.set(name, stdout.replaceAll(/\s+/g, ' '));
    return;
  }
  for (const [, command] of commands.matchAll(/^ {2}(\S+)/gm)) {
    if (command !== 'help') await collect(`${name} ${command}`.trim());
  }
}

/** Commands that have every flag of a group. */
function commandsWith({ settings }: Group): string[] {
  const flags = Object.entries(settings).filter(([, { argument }]) => argument !== undefined);
  const has = (help: string): boolean =>
    flags.every(
      ([name, setting]) =>
        help.includes(` ${flagOf(name)} ${setting.argument}`) &&
        help.includes(`env: ${variableOf(name, setting)})`),
    );
  return [...helps].filter(([, help]) => has(help)).map(([name]) => name);
}

describe('the table of settings', () => {
  it.each(GROUPS.filter(({ commands }) => typeof commands !== 'string'))(
    'knows who uses «$title»',
    (group) => {
      expect(commandsWith(group).toSorted()).toEqual([group.commands].flat().toSorted());
    },
  );

  it('gives every command that takes a home the other settings of all', () => {
    const withHome = [...helps].filter(
      ([name, help]) => help.includes(' --home <') && name !== 'config check',
    );
    expect(withHome.map(([name]) => name).toSorted()).toEqual(commandsWith(GROUPS[0]!).toSorted());
    expect(withHome.length).toBeGreaterThan(20);
  });

  it('has every name and every variable once, and only fallbacks that can be used', () => {
    const all = GROUPS.flatMap(({ settings }) => Object.entries(settings));
    expect(SETTINGS.size).toBe(all.length);
    const variables = all.flatMap(([name, setting]) => variablesOf(name, setting));
    expect(new Set(variables).size).toBe(variables.length);
    for (const [name, { fallback, unless, kind }] of all) {
      expect(fallback ?? unless, name).toBeDefined();
      if (fallback !== undefined) expect(() => kind.parse(fallback), name).not.toThrow();
    }
  });

  it('segue config check has every flag', () => {
    const help = helps.get('config check')!;
    const flagged = [...SETTINGS].filter(([, { argument }]) => argument !== undefined);
    const missing = flagged.filter(([name, { argument }]) => !help.includes(` ${flagOf(name)} ${argument}`));
    expect(missing).toEqual([]);
  });
});
