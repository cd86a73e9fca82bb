import * as fc from 'fast-check';
import type { Kind } from '#segue/cli/settings/kind.js';
import type { Setting } from '#segue/cli/settings/setting.js';
import { SETTINGS } from '#segue/cli/settings/table.js';

/** A value that a setting takes, as the file has it and as flags and variables do. */
export interface Drawn {
  readonly json: unknown;
  readonly text: string;
}

/** Lists whose items follow more than a pattern. */
const ITEMS: Readonly<Record<string, readonly string[]>> = {
  corsOrigin: ['*', 'https://app.example.com', 'http://127.0.0.1:3000'],
  trustProxy: ['10.0.0.0/8', '192.168.1.1', '::1', 'fd00::/8'],
};

/** Names of the settings that a file may have and that are no secrets. */
export const OPEN_NAMES = [...SETTINGS]
  .filter(([, { secret, outside }]) => secret === undefined && outside === undefined)
  .map(([name]) => name);

/** Values that a setting takes. */
export function valuesOf(name: string, { kind }: Setting): fc.Arbitrary<Drawn> {
  return jsonOf(name, kind).map((json) => ({ json, text: String(json) }));
}

function jsonOf(name: string, { schema, path }: Kind): fc.Arbitrary<unknown> {
  const { enum: choices, pattern, minimum, exclusiveMinimum, maximum, items } = schema;
  if (choices !== undefined) return fc.constantFrom(...choices);
  if (path) return fc.stringMatching(/^\/[a-z]{1,8}$/); // relative ones begin at the file, others where one stands
  const strings =
    pattern === undefined ? fc.stringMatching(/^[\w./: -]{0,12}\w$/) : fc.stringMatching(new RegExp(pattern));
  const real = fc.double({
    noNaN: true,
    min: minimum ?? exclusiveMinimum ?? 0,
    minExcluded: exclusiveMinimum !== undefined,
    max: maximum ?? 1e6,
  });
  const list =
    ITEMS[name] === undefined ? fc.stringMatching(/^[a-z&-]{1,8}$/) : fc.constantFrom(...ITEMS[name]);
  const byType: Readonly<Record<string, () => fc.Arbitrary<unknown>>> = {
    string: () => strings,
    integer: () => fc.integer({ min: minimum ?? 0, max: maximum ?? 1_000_000 }),
    number: () => real,
    boolean: () => fc.boolean(),
    array: () => fc.array(items === undefined ? fc.string() : list, { minLength: 1, maxLength: 3 }),
  };
  return fc.oneof(...[schema.type].flat().map((type) => byType[type]!()));
}
