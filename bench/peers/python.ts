import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { prepareVenv, pythonOf } from '../../scripts/python-venv.js';

const folder = fileURLToPath(new URL('../../.venv-bench', import.meta.url));

/** Peers whose wheels do not exist for every platform. */
const OPTIONAL = ['scikit-learn-intelex==2026.2.0', 'faiss-cpu==1.15.1'];

/** A Python program that does named works one after the other and says how long each took. */
export interface Peer {
  ask<T>(work: string, args?: Readonly<Record<string, unknown>>): Promise<T>;
  close(): Promise<void>;
}

/** Makes the Python environment of the benches. @returns its interpreter */
export function preparePython(): string {
  const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
  prepareVenv({ folder, requirements, optional: OPTIONAL });
  return pythonOf(folder);
}

/** Path of a script in this folder. */
export function peerScript(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Environment of a peer: so many threads, and OpenBLAS left to choose its kernels for the processor at hand. */
export function peerEnvironment(threads: number): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _cache, ...rest } = process.env;
  const count = String(threads);
  return { ...rest, OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count, MKL_NUM_THREADS: count };
}

/** Starts kernels.py. */
export function startPeer(python: string, threads: number): Peer {
  const child = spawn(python, [peerScript('kernels.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: peerEnvironment(threads),
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const lines: AsyncIterator<string, undefined> = createInterface({ input: child.stdout })[
    Symbol.asyncIterator
  ]();
  return {
    async ask<T>(work: string, args: Readonly<Record<string, unknown>> = {}) {
      child.stdin.write(`${JSON.stringify({ do: work, ...args })}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error(`the Python peer ended during «${work}»`);
      const answer = JSON.parse(line.value) as T & { readonly error?: string };
      if (answer.error !== undefined) throw new Error(`the Python peer failed at «${work}»: ${answer.error}`);
      return answer;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
