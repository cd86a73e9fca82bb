import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeConfiguration } from '#segue/cli/settings/judge.js';
import { configurationSchema } from '#segue/cli/settings/schema.js';
import { SETTINGS } from '#segue/cli/settings/table.js';
import { OPEN_NAMES, valuesOf } from './drawn.js';

const inSchema = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(configurationSchema());

function faultsOf(json: object): readonly Error[] {
  return judgeConfiguration(JSON.stringify(json), '/etc/segue/segue.config.json', {}).faults;
}

describe('what editors are told, and what the program takes', () => {
  it.each(OPEN_NAMES)('agree on values that %s takes', (name) => {
    fc.assert(
      fc.property(valuesOf(name, SETTINGS.get(name)!), ({ json }) => {
        expect(inSchema({ [name]: json }), inSchema.errors?.[0]?.message).toBe(true);
        expect(faultsOf({ [name]: json })).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('agree on what no setting takes', () => {
    const names = [...SETTINGS.keys(), 'prot', 'server'];
    const values = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.integer(), fc.string(), fc.array(fc.string()));
    fc.assert(
      fc.property(fc.constantFrom(...names), values, (name, json) => {
        if (inSchema({ [name]: json })) return;
        expect(faultsOf({ [name]: json })).toHaveLength(1);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['apiKeys', 'vaultToken'])('agree on ways to say where %s is', (name) => {
    const way = fc.constantFrom('file', 'env', 'vault', 'value');
    fc.assert(
      fc.property(fc.dictionary(way, fc.constantFrom('', 'HOME', 'a/b#c'), { maxKeys: 2 }), (json) => {
        const { faults } = judgeConfiguration(JSON.stringify({ [name]: json }), '/f', {
          HOME: 'x',
          'a/b#c': 'x',
        });
        const vaultFault = json['vault'] === 'HOME'; // the form of Vault's address is the program's to judge
        if (!vaultFault) expect(faults.length === 0).toBe(inSchema({ [name]: json }));
      }),
    );
  });
});
