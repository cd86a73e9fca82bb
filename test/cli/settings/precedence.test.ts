import { Command } from 'commander';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { putBehind } from '#segue/cli/settings/behind.js';
import type { Configuration } from '#segue/cli/settings/configuration.js';
import { judgeConfiguration } from '#segue/cli/settings/judge.js';
import { withSettings } from '#segue/cli/settings/options.js';
import { originsOf } from '#segue/cli/settings/origins.js';
import { flagOf, variableOf } from '#segue/cli/settings/setting.js';
import { GROUPS, SETTINGS } from '#segue/cli/settings/table.js';
import { type Drawn, OPEN_NAMES, valuesOf } from './drawn.js';

afterEach(() => void vi.unstubAllEnvs());

/** What each of the three says of a setting, if it says anything. */
interface Said {
  readonly flag: Drawn | undefined;
  readonly environment: Drawn | undefined;
  readonly file: Drawn | undefined;
}

/** Of every setting, what is said of it; no flag where there is none. */
const said = fc.record(
  Object.fromEntries(
    OPEN_NAMES.map((name) => {
      const setting = SETTINGS.get(name)!;
      const maybe = fc.option(valuesOf(name, setting), { nil: undefined, freq: 1 });
      const flag = setting.argument === undefined ? fc.constant(undefined) : maybe;
      return [name, fc.record({ flag, environment: maybe, file: maybe })];
    }),
  ),
);

/** The setting's texts by one of the three. */
function by(all: Readonly<Record<string, Said>>, who: keyof Said): [string, Drawn][] {
  return Object.entries(all).flatMap(([name, one]) => (one[who] === undefined ? [] : [[name, one[who]]]));
}

function configurationOf(all: Readonly<Record<string, Said>>): Configuration {
  const file = '/etc/segue/segue.config.json';
  const json = Object.fromEntries(by(all, 'file').map(([name, { json: value }]) => [name, value]));
  return { file, ...judgeConfiguration(JSON.stringify(json), file, {}) };
}

function environmentOf(all: Readonly<Record<string, Said>>): Record<string, string> {
  return Object.fromEntries(
    by(all, 'environment').map(([name, { text }]) => [variableOf(name, SETTINGS.get(name)!), text]),
  );
}

describe('a flag beats the environment, the environment beats the file', () => {
  it('in what segue config check tells', () => {
    fc.assert(
      fc.property(said, (all) => {
        const configuration = configurationOf(all);
        expect(configuration.faults).toEqual([]);
        const flags = Object.fromEntries(by(all, 'flag').map(([name, { text }]) => [name, text]));
        for (const { name, setting, origin, text } of originsOf(flags, environmentOf(all), configuration)) {
          if (setting.outside) continue;
          const { flag, environment, file } = all[name] ?? {};
          const strongest = flag ?? environment ?? file;
          expect(text).toBe(strongest === undefined ? setting.fallback : strongest.text);
          const expected = flag ? 'flag' : environment ? 'environment' : file ? 'file' : 'default';
          expect(origin).toBe(expected);
        }
      }),
    );
  });

  it('in what a command gets, and the environment is left as it was', async () => {
    await fc.assert(
      fc.asyncProperty(said, async (all) => {
        for (const [variable, text] of Object.entries(environmentOf(all))) vi.stubEnv(variable, text);
        const before = { ...process.env };
        const undo = putBehind(process.env, configurationOf(all));
        const program = GROUPS.reduce(withSettings, new Command().exitOverride());
        const argv = by(all, 'flag').map(([name, { text }]) => `${flagOf(name)}=${text}`);
        await program.action(() => {}).parseAsync(argv, { from: 'user' });
        for (const [name, { kind, argument, fallback, outside }] of SETTINGS) {
          if (argument === undefined || outside) continue;
          const { flag, environment, file } = all[name] ?? {};
          const text = (flag ?? environment ?? file)?.text ?? fallback;
          expect(program.opts()[name], name).toEqual(text === undefined ? undefined : kind.parse(text));
        }
        for (const [name, { argument, secret }] of SETTINGS) {
          if (argument !== undefined || secret !== undefined) continue;
          const { environment, file } = all[name] ?? {};
          expect(process.env[variableOf(name, SETTINGS.get(name)!)]).toBe((environment ?? file)?.text);
        }
        undo();
        expect({ ...process.env }).toEqual(before);
        vi.unstubAllEnvs();
      }),
    );
  });
});
