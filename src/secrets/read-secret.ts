import { SegueError } from '../core/errors.js';
import { type Environment, placeOf, readNearSecret } from './near-secret.js';
import { parseVaultReference, readVaultField } from './vault.js';
import { vaultSettings } from './vault-settings.js';

/**
 * Reads the secret of that name from the one place that is set: the variable NAME itself, the file that NAME_FILE names, or the field
 * of HashiCorp Vault's KV v2 that NAME_VAULT names (`mount/path#field`). An empty variable is not set. Values are in no error.
 *
 * @returns undefined where none is set
 * @throws SegueError SEGUE_USAGE for two places; SEGUE_SECRET_UNREADABLE
 */
export async function readSecret(name: string, env: Environment): Promise<string | undefined> {
  if (placeOf(name, env, ['', '_FILE', '_VAULT']) !== '_VAULT') return readNearSecret(name, env);
  const text = env[`${name}_VAULT`] ?? '';
  const reference = parseVaultReference(text);
  if (reference !== undefined) return readVaultField(reference, await vaultSettings(env));
  throw new SegueError('SEGUE_USAGE', {
    what: `${name}_VAULT names no field of Vault`,
    value: text,
    limit: 'mount/path#field',
    mend: 'Write it like secret/music/segue#api_keys.',
  });
}
