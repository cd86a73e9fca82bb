import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readSecret } from '#segue/secrets/read-secret.js';
import { newKey } from '#segue/service/keys.js';
import { tempFolder } from '../core/temp.js';
import { ROOT } from '../docs/files.js';
import { startVault, type Vault } from './vault.js';

let vault: Vault;
let reader: string;

const POLICY = 'path "secret/data/music/*" { capabilities = ["read"] }';

/** A token that may do what the policy says. */
async function tokenOf(body: object): Promise<string> {
  const { auth } = (await vault.call('POST', 'auth/token/create', body)) as {
    auth: { client_token: string };
  };
  return auth.client_token;
}

beforeAll(async () => {
  vault = await startVault();
  await vault.call('POST', 'sys/mounts/secret', { type: 'kv', options: { version: '2' } });
  await vault.call('POST', 'sys/mounts/old', { type: 'kv', options: { version: '1' } });
  await vault.call('PUT', 'sys/policies/acl/segue', { policy: POLICY });
  await vault.call('POST', 'secret/data/music/segue', { data: { webhook: 'first', number: 7 } });
  await vault.call('POST', 'secret/data/music/segue', { data: { webhook: 'canary-second', number: 7 } });
  await vault.call('POST', 'secret/data/other/segue', { data: { webhook: 'canary-not-ours' } });
  await vault.call('POST', 'old/music/segue', { webhook: 'version one' });
  reader = await tokenOf({ policies: ['segue'] });
});

afterAll(() => vault?.close());

const read = (reference: string, env: Readonly<Record<string, string>> = { VAULT_TOKEN: reader }) =>
  readSecret('HOOK', { VAULT_ADDR: vault.address, HOOK_VAULT: reference, ...env });

describe('a secret in Vault', () => {
  it('is the newest version of its field, read by a token', async () => {
    expect(await read('secret/music/segue#webhook')).toBe('canary-second');
  });

  it('is read by a token in a file, as an agent of Vault leaves it', async () => {
    const path = join(await tempFolder(), 'token');
    await writeFile(path, `${reader}\n`);
    expect(await read('secret/music/segue#webhook', { VAULT_TOKEN_FILE: path })).toBe('canary-second');
  });

  it('is read by AppRole, and not with another secret', async () => {
    await vault.call('POST', 'sys/auth/approle', { type: 'approle' });
    const role = 'auth/approle/role/segue';
    await vault.call('POST', role, { token_policies: 'segue', token_ttl: '5m' });
    const { data: id } = (await vault.call('GET', `${role}/role-id`)) as { data: { role_id: string } };
    const { data: secret } = (await vault.call('POST', `${role}/secret-id`)) as {
      data: { secret_id: string };
    };
    const env = { VAULT_ROLE_ID: id.role_id, VAULT_SECRET_ID: secret.secret_id };
    expect(await read('secret/music/segue#webhook', env)).toBe('canary-second');
    await expect(
      read('secret/music/segue#webhook', { ...env, VAULT_SECRET_ID: 'canary-wrong' }),
    ).rejects.toMatchObject({ code: 'SEGUE_SECRET_UNREADABLE', details: { what: 'Vault answered 400' } });
  });

  it.each([
    ['a path that the policy does not allow', 'secret/other/segue#webhook', 'Vault answered 403'],
    ['a field that is not there', 'secret/music/segue#nothing', 'has no such field'],
    ['a field that is no text', 'secret/music/segue#number', 'holds no text'],
  ])('cannot be read for %s, and the error tells no value', async (_what, reference, what) => {
    const error = await read(reference).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error).toMatchObject({ code: 'SEGUE_SECRET_UNREADABLE' });
    expect(error?.message).toContain(what);
    expect(`${error?.message}${error?.stack}`).not.toContain('canary');
    expect(`${error?.message}${error?.stack}`).not.toContain(reader);
  });

  it.each([
    ['with a wrong token', 'secret/music/segue#webhook', 'Vault answered 403'],
    ['where there is no such secret', 'secret/music/nothing#webhook', 'Vault answered 404'],
    ['in a mount of KV version 1', 'old/music/segue#webhook', 'Vault answered 404'],
  ])('cannot be read %s', async (what, reference, message) => {
    const token = what.includes('wrong') ? 'hvs.canary-wrong' : vault.rootToken;
    await expect(read(reference, { VAULT_TOKEN: token })).rejects.toMatchObject({
      code: 'SEGUE_SECRET_UNREADABLE',
      details: { what: message },
    });
  });

  it('is not read in its older version once the newest was deleted', async () => {
    await vault.call('POST', 'secret/data/music/gone', { data: { webhook: 'one' } });
    await vault.call('DELETE', 'secret/data/music/gone');
    await expect(read('secret/music/gone#webhook')).rejects.toMatchObject({
      details: { what: 'Vault answered 404' },
    });
  });
});

it('a server takes its API keys out of Vault', async () => {
  const { key } = newKey({ label: '', scopes: ['read'] }, new Date());
  await vault.call('POST', 'secret/data/music/keys', { data: { api_keys: `${key}:read` } });
  const home = await tempFolder();
  const child = spawn(
    process.execPath,
    [join(ROOT, 'bin/segue.js'), 'serve', '--home', home, '--port', '0'],
    {
      env: {
        PATH: process.env['PATH'],
        VAULT_ADDR: vault.address,
        VAULT_TOKEN: reader,
        SEGUE_API_KEYS_VAULT: 'secret/music/keys#api_keys',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const url = /http:\/\/[^\s;]+/.exec(line)![0];
  const status = async (sent: string): Promise<number> =>
    (await fetch(`${url}/v1/models`, { headers: { 'x-api-key': sent } })).status;
  expect([await status(key), await status(`${key}x`)]).toEqual([200, 401]);
});

it('a sealed Vault is named as such', async () => {
  await vault.seal();
  await expect(read('secret/music/segue#webhook')).rejects.toMatchObject({
    details: { what: 'Vault answered 503', mend: 'Vault is sealed or in maintenance: unseal it.' },
  });
});
