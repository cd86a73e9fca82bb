import { SegueError } from '../core/errors.js';
import { type Environment, readNearSecret } from './near-secret.js';
import type { VaultLogin, VaultSettings } from './vault.js';

/**
 * Reads how Vault is reached and who we are there, by the names that Vault's own tools use.
 *
 * @throws SegueError SEGUE_USAGE, SEGUE_SECRET_UNREADABLE
 */
export async function vaultSettings(env: Environment): Promise<VaultSettings> {
  const address = env['VAULT_ADDR'] ?? '';
  if (!/^https?:/.test(address) || !URL.canParse(address)) {
    throw new SegueError('SEGUE_USAGE', {
      what: 'VAULT_ADDR is not the address of a Vault',
      value: address,
      limit: 'an http or https URL',
      mend: 'Set it, such as to https://vault.example.com:8200.',
    });
  }
  const namespace = env['VAULT_NAMESPACE'] ?? '';
  return {
    address: address.replace(/\/+$/, ''),
    namespace: namespace === '' ? undefined : namespace,
    login: await vaultLogin(env),
  };
}

async function vaultLogin(env: Environment): Promise<VaultLogin> {
  const token = await readNearSecret('VAULT_TOKEN', env);
  if (token !== undefined) return { token };
  const roleId = env['VAULT_ROLE_ID'] ?? '';
  const secretId = await readNearSecret('VAULT_SECRET_ID', env);
  if (roleId !== '' && secretId !== undefined) return { roleId, secretId };
  throw new SegueError('SEGUE_USAGE', {
    what: 'Nothing says who Segue is in Vault',
    mend: 'Set VAULT_TOKEN or VAULT_TOKEN_FILE, or VAULT_ROLE_ID with VAULT_SECRET_ID or VAULT_SECRET_ID_FILE.',
  });
}
