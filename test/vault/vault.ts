import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SOURCE = fileURLToPath(new URL('server', import.meta.url));

/** A real Vault in memory, unsealed. */
export interface Vault {
  readonly address: string;
  readonly rootToken: string;
  /** Asks as root; returns what Vault answers. */
  call(method: string, path: string, body?: object): Promise<unknown>;
  /** From now on Vault answers 503. */
  seal(): Promise<unknown>;
  close(): Promise<void>;
}

/** Builds Vault (once: Go keeps what it compiled), starts it, and opens it. */
export async function startVault(): Promise<Vault> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-vault-'));
  const program = join(folder, 'vault');
  await build(program).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  });
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const call = (token: string) => async (method: string, path: string, body?: object) => {
    const response = await fetch(`${line}/v1/${path}`, {
      method,
      headers: { 'x-vault-token': token },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };

  const shares = { secret_shares: 1, secret_threshold: 1 };
  const made = (await call('')('PUT', 'sys/init', shares)) as { keys: string[]; root_token: string };
  await call('')('PUT', 'sys/unseal', { key: made.keys[0] });
  const asRoot = call(made.root_token);
  return {
    address: line,
    rootToken: made.root_token,
    call: asRoot,
    seal: () => asRoot('PUT', 'sys/seal'),
    async close() {
      child.stdin.end();
      await once(child, 'exit');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function build(program: string): Promise<void> {
  const options = ['build', '-mod=readonly', '-buildvcs=false', '-ldflags=-s -w', '-o', program, '.'];
  try {
    await promisify(execFile)('go', options, { cwd: SOURCE, maxBuffer: 1 << 26 });
  } catch (cause) {
    throw new Error('Vault cannot be built: Go >= 1.25 and its module proxy are needed.', { cause });
  }
}
