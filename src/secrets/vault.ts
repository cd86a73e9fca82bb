import { SegueError } from '../core/errors.js';

/** A field of a secret of Vault's KV engine, version 2. */
export interface VaultReference {
  readonly mount: string;
  readonly path: string;
  readonly field: string;
}

/** A token, or a role and its secret, which Vault gives a token for (AppRole). */
export type VaultLogin = { readonly token: string } | { readonly roleId: string; readonly secretId: string };

export interface VaultSettings {
  /** Without a slash at its end. */
  readonly address: string;
  readonly namespace: string | undefined;
  readonly login: VaultLogin;
}

/** An unreachable Vault must not keep a server from saying so. */
const TIMEOUT_MS = 5000;

/** Reads `mount/path#field`; undefined for what isn't one. */
export function parseVaultReference(text: string): VaultReference | undefined {
  const [, mount, path, field] = /^([^/#\s]+)\/([^#\s]*[^/#\s])#([^#\s]+)$/.exec(text) ?? [];
  return mount === undefined || path === undefined || field === undefined
    ? undefined
    : { mount, path, field };
}

/**
 * Reads a field's newest version by Vault's HTTP API.
 *
 * @throws SegueError SEGUE_SECRET_UNREADABLE, without anything that Vault answered
 */
export async function readVaultField(
  { mount, path, field }: VaultReference,
  settings: VaultSettings,
  timeoutMs = TIMEOUT_MS,
): Promise<string> {
  const { login } = settings;
  const token = 'token' in login ? login.token : await logIn(login, settings, timeoutMs);
  const where = `${mount}/data/${path}`;
  const answer = await ask(settings, where, { headers: { 'x-vault-token': token } }, timeoutMs);
  const value = memberOf(memberOf(memberOf(answer, 'data'), 'data'), field);
  if (typeof value === 'string' && value !== '') return value;
  const found = value === undefined ? 'has no such field' : 'holds no text there';
  throw failed(`Vault's secret ${found}`, `${where}#${field}`, 'Put the secret into that field, as text.');
}

async function logIn(
  { roleId, secretId }: Exclude<VaultLogin, { token: string }>,
  settings: VaultSettings,
  timeoutMs: number,
): Promise<string> {
  const where = 'auth/approle/login';
  const body = JSON.stringify({ role_id: roleId, secret_id: secretId });
  const answer = await ask(settings, where, { method: 'POST', body }, timeoutMs);
  const token = memberOf(memberOf(answer, 'auth'), 'client_token');
  if (typeof token === 'string') return token;
  throw failed('Vault gave no token', where, 'Look whether AppRole is enabled at auth/approle.');
}

async function ask(
  { address, namespace }: VaultSettings,
  where: string,
  init: {
    readonly method?: 'POST';
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
  },
  timeoutMs: number,
): Promise<unknown> {
  const url = `${address}/v1/${where.split('/').map(encodeURIComponent).join('/')}`;
  const headers = {
    'x-vault-request': 'true',
    ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
    ...init.headers,
  };
  try {
    // a redirect would carry the token to wherever it leads
    const options = { ...init, headers, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) } as const;
    const response = await fetch(url, options);
    if (response.ok) return await response.json();
    throw failed(`Vault answered ${response.status}`, url, MENDS[response.status] ?? 'Look into its log.');
  } catch (error) {
    if (error instanceof SegueError) throw error;
    const late = error instanceof Error && error.name === 'TimeoutError';
    const what = late ? `Vault did not answer within ${timeoutMs} ms` : 'Vault cannot be reached, or is none';
    throw failed(what, url, 'Look whether VAULT_ADDR is right, and the network leads there.');
  }
}

const MENDS: Readonly<Record<number, string>> = {
  400: 'Look at the role and its secret, and at VAULT_NAMESPACE.',
  403: 'The token is wrong or ended, or its policy does not let it read this path.',
  404: 'There is no such secret, or its newest version was deleted; the mount must be KV version 2.',
  429: 'This Vault is a standby, or has a quota: name the active one.',
  503: 'Vault is sealed or in maintenance: unseal it.',
};

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function failed(what: string, value: string, mend: string): SegueError {
  return new SegueError('SEGUE_SECRET_UNREADABLE', { what, value, mend });
}
