import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { printedUrl } from '../printed-url.js';

const exec = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('../../bin/segue.js', import.meta.url));

export async function segue(...argv: string[]): Promise<string> {
  return (await exec(process.execPath, [PROGRAM, ...argv])).stdout;
}

export interface Answer {
  readonly ms: number;
  readonly body: string;
}

/** A server in a process of its own, and a client with one connection, or two. */
export interface BenchServer {
  readonly url: string;
  /** Seconds from the start until the catalogue is ready. */
  catalogueReady(): Promise<number>;
  /** @throws Error unless it is answered 200 */
  post(path: string, body: string, connection?: string): Promise<Answer>;
  tracksHeld(): Promise<number>;
  /** Resident set, MiB; NaN where the system doesn't tell. */
  residentMib(): Promise<number>;
  close(): Promise<void>;
}

const LOOK_MS = 20;

export async function openServer(home: string, key: string): Promise<BenchServer> {
  const began = performance.now();
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--home', home, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await printedUrl(createInterface({ input: child.stdout }));
  const agents = new Map<string, Agent>();
  const agentOf = (name: string): Agent => {
    const agent = agents.get(name) ?? new Agent({ keepAlive: true, maxSockets: 1 });
    agents.set(name, agent);
    return agent;
  };
  const post = async (path: string, body: string, connection = 'one'): Promise<Answer> => {
    const sentAt = performance.now();
    const { status, text } = await exchange(`${url}${path}`, key, body, agentOf(connection));
    if (status !== 200) throw new Error(`${path} is answered ${status}: ${text.slice(0, 300)}`);
    return { ms: performance.now() - sentAt, body: text };
  };
  return {
    url,
    post,
    async catalogueReady() {
      for (;;) {
        const ready = (await (await fetch(`${url}/readyz`)).json()) as { catalogue: string };
        if (ready.catalogue === 'ready') return (performance.now() - began) / 1000;
        if (ready.catalogue === 'none') throw new Error('the server found no catalogue');
        await pause(LOOK_MS);
      }
    },
    async tracksHeld() {
      const { body } = await post('/v1/playlists', '{"segment":0,"length":1}');
      return (JSON.parse(body) as { catalogue: { tracks: number } }).catalogue.tracks;
    },
    async residentMib() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
    },
    async close() {
      for (const agent of agents.values()) agent.destroy();
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function exchange(
  url: string,
  key: string,
  body: string,
  agent: Agent,
): Promise<{ status: number | undefined; text: string }> {
  const headers = {
    'x-api-key': key,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      buffer(response).then(
        (bytes) => resolve({ status: response.statusCode, text: bytes.toString('utf8') }),
        reject,
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
