import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { segueJson } from '../segue.js';

/**
 * Every folder of golden/ is a case: segue.config.json, the flags and variables of asked.json beside it, and what `segue config check`
 * must say of them in expected.json. To add one, drop in a folder and run once with SEGUE_WRITE_GOLDEN=1; look at what it wrote.
 */
const GOLDEN = fileURLToPath(new URL('golden', import.meta.url));
const WRITE = process.env['SEGUE_WRITE_GOLDEN'] === '1' && process.env['CI'] === undefined;

interface Asked {
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface Checked {
  readonly file: string | null;
  readonly settings: readonly {
    name: string;
    value: string | null;
    origin: string;
    variable: string | null;
  }[];
  readonly faults: readonly object[];
}

describe.each(readdirSync(GOLDEN))('%s', (name) => {
  it('comes out as expected', async () => {
    const folder = join(GOLDEN, name);
    const found = await outcomeOf(folder);
    const path = join(folder, 'expected.json');
    if (WRITE && !existsSync(path)) writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
    expect(found).toEqual(JSON.parse(readFileSync(path, 'utf8')));
    expect(JSON.stringify(found)).not.toContain('hunter2'); // the secret of all cases
  });
});

/** What isn't by default, and what is wrong. */
async function outcomeOf(folder: string): Promise<unknown> {
  const { flags = [], env = {} } = askedOf(folder);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const file = ['--config', join(folder, 'segue.config.json')];
  const { exitCode, json, stderr } = await segueJson<Checked>('config', 'check', ...file, ...flags);
  vi.unstubAllEnvs();
  expect(stderr.match(/^error SEGUE_/gm) ?? []).toHaveLength(json.faults.length);
  expect(stderr).not.toContain('hunter2');
  const set = json.settings.filter(({ name, origin }) => origin !== 'default' && name !== 'config');
  const found = {
    exit: exitCode,
    settings: Object.fromEntries(
      set.map(({ name, value, origin, variable }) => [name, `${value} (${variable ?? ''} by ${origin})`]),
    ),
    faults: json.faults,
  };
  const text = JSON.stringify(found).replaceAll(folder, '<case>').replaceAll(dirname(folder), '<cases>');
  return JSON.parse(text);
}

function askedOf(folder: string): Asked {
  const path = join(folder, 'asked.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Asked) : {};
}
