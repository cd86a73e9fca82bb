import { readdirSync, readFileSync } from 'node:fs';

const LOOK_MS = 20;

/** Looks at the memory of a process with its children until it is stopped; then says how much it was at most, MiB. */
export function watchMemory(pid: number): () => number {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, residentOf(pid));
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    return most;
  };
}

/** Resident sets added up: pages that processes share are counted in each. */
function residentOf(pid: number): number {
  const status = readOr(`/proc/${pid}/status`);
  const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  return childrenOf(pid).reduce((sum, child) => sum + residentOf(child), own);
}

function childrenOf(pid: number): number[] {
  let threads: string[];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    return []; // it has ended meanwhile
  }
  return threads.flatMap((thread) =>
    readOr(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
