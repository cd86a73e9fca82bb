import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { printedUrl } from '../printed-url.js';
import { watchMemory } from './memory.js';
import type { Carried } from './table.js';

const PROGRAM = fileURLToPath(new URL('../../bin/segue.js', import.meta.url));

const LOOK_MS = 50;

/** A real server whose traffic and log are counted. */
export interface CountedServer {
  /** Asks so often on one connection, and says what that carried on average. */
  carry(path: string, bodies: readonly string[], status: number): Promise<Carried>;
  get(path: string): Promise<string>;
  /** Bytes logged so far. */
  logged(): number;
  /** Memory at most until its catalogue was ready, that of its helpers included, MiB. */
  readonly peakMib: number;
  close(): Promise<void>;
}

export async function openCounted(home: string, key: string): Promise<CountedServer> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--home', home, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let logged = 0;
  child.stderr.on('data', (bytes: Buffer) => {
    logged += bytes.length;
  });
  const peak = watchMemory(child.pid!);
  const url = await printedUrl(createInterface({ input: child.stdout }));
  const headers = { 'x-api-key': key };
  const get = async (path: string): Promise<string> => (await fetch(`${url}${path}`, { headers })).text();
  while ((JSON.parse(await get('/readyz')) as { catalogue: string }).catalogue !== 'ready')
    await pause(LOOK_MS);
  const peakMib = peak();
  return {
    peakMib,
    get,
    async carry(path, bodies, status) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      let last: Carried = { asked: 0, answered: 0 };
      for (const body of bodies) last = await post(`${url}${path}`, body, key, agent, status);
      agent.destroy();
      return { asked: last.asked / bodies.length, answered: last.answered / bodies.length };
    },
    logged: () => logged,
    async close() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** What the connection has carried since it was opened. */
async function post(url: string, body: string, key: string, agent: Agent, status: number): Promise<Carried> {
  const headers = {
    'x-api-key': key,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      const { socket } = response;
      response.resume().on('end', () => {
        if (response.statusCode !== status) reject(new Error(`${url} is answered ${response.statusCode}`));
        else resolve({ asked: socket.bytesWritten, answered: socket.bytesRead });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
