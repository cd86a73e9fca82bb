import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readSecret } from '#segue/secrets/read-secret.js';
import { parseVaultReference, readVaultField } from '#segue/secrets/vault.js';
import { tempFolder } from '../core/temp.js';

async function fileWith(text: string): Promise<string> {
  const path = join(await tempFolder(), 'secret');
  await writeFile(path, text);
  return path;
}

/** A server that is no Vault. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a secret', () => {
  it('is none where nothing is set, or is set to nothing', async () => {
    expect(await readSecret('HOOK', {})).toBeUndefined();
    expect(await readSecret('HOOK', { HOOK: '', HOOK_FILE: '', HOOK_VAULT: '' })).toBeUndefined();
  });

  it('is the variable itself', async () => {
    expect(await readSecret('HOOK', { HOOK: ' as it is\n' })).toBe(' as it is\n');
  });

  it.each(['value', 'value\n', 'value\r\n'])(
    'is the text of a file without its last line end: %j',
    async (text) => {
      expect(await readSecret('HOOK', { HOOK_FILE: await fileWith(text) })).toBe('value');
    },
  );

  it('keeps the line ends within', async () => {
    expect(await readSecret('HOOK', { HOOK_FILE: await fileWith('a\nb\n\n') })).toBe('a\nb\n');
  });

  it('may not be in two places, and the error tells neither', async () => {
    const both = { HOOK: 'canary', HOOK_FILE: '/canary', HOOK_VAULT: 'canary/canary#canary' };
    const error = await readSecret('HOOK', both).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'SEGUE_USAGE', details: { value: 'HOOK, HOOK_FILE, HOOK_VAULT' } });
    expect(String(error)).not.toContain('canary');
  });

  it.each([
    ['is not there', async () => '/nowhere/secret', 'there is no such file'],
    ['is empty', () => fileWith('\n'), 'the file is empty'],
    [
      'is a folder',
      async () => {
        const path = join(await tempFolder(), 'folder');
        await mkdir(path);
        return path;
      },
      'the file cannot be read',
    ],
  ])('cannot be read from a file that %s', async (_what, make, what) => {
    await expect(readSecret('HOOK', { HOOK_FILE: await make() })).rejects.toMatchObject({
      code: 'SEGUE_SECRET_UNREADABLE',
      details: { what: `HOOK_FILE: ${what}` },
    });
  });
});

describe('a reference into Vault', () => {
  it('has a mount, a path and a field', () => {
    const reference = { mount: 'secret', path: 'music/segue', field: 'api_keys' };
    expect(parseVaultReference('secret/music/segue#api_keys')).toEqual(reference);
  });

  it.each(['', 'secret', 'secret/a', 'secret#a', '/a#b', 'secret/a/#b', 'secret/a#', 'a b/c#d', 'a/b#c#d'])(
    'is not %j',
    async (text) => {
      expect(parseVaultReference(text)).toBeUndefined();
      if (text === '') return;
      await expect(readSecret('HOOK', { HOOK_VAULT: text })).rejects.toMatchObject({ code: 'SEGUE_USAGE' });
    },
  );

  it.each([
    ['an address', { VAULT_TOKEN: 't' }],
    ['an address that is a URL', { VAULT_TOKEN: 't', VAULT_ADDR: 'vault:8200' }],
    ['who we are', { VAULT_ADDR: 'http://127.0.0.1:1' }],
    ['the secret of a role', { VAULT_ADDR: 'http://127.0.0.1:1', VAULT_ROLE_ID: 'r' }],
  ])('needs %s', async (_what, env) => {
    await expect(readSecret('HOOK', { HOOK_VAULT: 'secret/a#b', ...env })).rejects.toMatchObject({
      code: 'SEGUE_USAGE',
    });
  });
});

describe('what is no Vault', () => {
  const reference = { mount: 'secret', path: 'a', field: 'b' };
  const settings = (address: string) => ({ address, namespace: undefined, login: { token: 'canary' } });

  it.each<readonly [string, RequestListener, string, number]>([
    ['a page', (_request, response) => response.end('<html>'), 'cannot be reached, or is none', 60_000],
    ['other JSON', (_request, response) => response.end('[1]'), 'has no such field', 60_000],
    ['a silent server', () => undefined, 'did not answer within 50 ms', 50],
  ])('%s is named as such', async (_what, listener, what, timeoutMs) => {
    const error = await readVaultField(reference, settings(await serve(listener)), timeoutMs).catch(String);
    expect(error).toContain(what);
    expect(error).not.toContain('canary');
  });

  it('a redirect is not followed: it would carry the token away', async () => {
    let stolen: unknown;
    const thief = await serve((request, response) => {
      stolen = request.headers['x-vault-token'];
      response.end('{"data":{"data":{"b":"x"}}}');
    });
    const address = await serve((_request, response) => {
      response.writeHead(307, { location: `${thief}/v1/secret/data/a` }).end();
    });
    await expect(readVaultField(reference, settings(address))).rejects.toMatchObject({
      code: 'SEGUE_SECRET_UNREADABLE',
    });
    expect(stolen).toBeUndefined();
  });

  it('a namespace is sent along', async () => {
    let namespace: unknown;
    const address = await serve((request, response) => {
      namespace = request.headers['x-vault-namespace'];
      response.end('{"data":{"data":{"b":"x"}}}');
    });
    const env = { VAULT_ADDR: `${address}/`, VAULT_NAMESPACE: 'music', VAULT_TOKEN: 't' };
    expect(await readSecret('HOOK', { ...env, HOOK_VAULT: 'secret/a#b' })).toBe('x');
    expect(namespace).toBe('music');
  });
});
