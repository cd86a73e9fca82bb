import { resolve } from 'node:path';
import type { Environment } from '../../secrets/near-secret.js';
import { parseVaultReference } from '../../secrets/vault.js';
import type { Given } from './configuration.js';
import type { Fault } from './judge.js';
import { type Setting, variableOf } from './setting.js';

/** How the file says where a secret is. */
export const REFERENCES = { env: '', file: '_FILE', vault: '_VAULT' } as const;

type Referring = keyof typeof REFERENCES;

/** Where a configuration file says that a secret is. The file never holds one, and no fault tells what stands in its place. */
export function readReference(
  name: string,
  setting: Setting,
  value: unknown,
  folder: string,
  env: Environment,
): Given | Fault {
  const allowed = referencesOf(setting);
  const [[way, to] = [], ...more] = Object.entries(Object(value) as object);
  const referring = allowed.find((one) => one === way);
  if (referring === undefined || typeof to !== 'string' || to === '' || more.length > 0)
    return {
      what: `«${name}» is a secret, which is never in the file`,
      limit: allowed.map((one) => `{ "${one}": "…" }`).join(' or '),
      mend: 'Say where it is, in one of these ways.',
    };
  const variable = variableOf(name, setting) + REFERENCES[referring];
  if (referring === 'file') return { variable, text: resolve(folder, to) };
  if (referring === 'env') return env[to] ? { variable, text: env[to] } : notSet(name, to);
  return parseVaultReference(to) === undefined ? noField(name, to) : { variable, text: to };
}

function notSet(name: string, variable: string): Fault {
  return {
    what: `«${name}» is to come from a variable that is not set`,
    value: variable,
    mend: `Set ${variable}, or say where else the secret is.`,
  };
}

function noField(name: string, reference: string): Fault {
  return {
    what: `«${name}» names no field of Vault`,
    value: reference,
    limit: 'mount/path#field',
    mend: 'Write it like secret/music/segue#api_keys.',
  };
}

/** The ways in which the file may say where that secret is. */
export function referencesOf({ secret = [] }: Setting): readonly Referring[] {
  return (Object.keys(REFERENCES) as Referring[]).filter((one) => secret.includes(REFERENCES[one]));
}
