import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { Gauge, type Registry } from 'prom-client';
import type { Home } from '../core/home.js';
import { segueVersion } from '../core/version.js';
import type { keptReads } from './kept.js';

/** Exposes what the process has to live on: the disk of its home, its memory; and which build it is. */
export function machineFigures(register: Registry, home: Home, kept: ReturnType<typeof keptReads>): void {
  const disk = kept('disk', async () => statfs(home.root));
  register.registerMetric(
    new Gauge({
      name: 'segue_home_disk_size_bytes',
      help: 'Size of the file system that holds the home folder',
      aggregator: 'first',
      registers: [],
      async collect() {
        const state = await disk();
        if (state !== undefined) this.set(state.blocks * state.bsize);
      },
    }),
  );
  register.registerMetric(
    new Gauge({
      name: 'segue_home_disk_free_bytes',
      help: 'What is free of it for this process',
      aggregator: 'first',
      registers: [],
      async collect() {
        const state = await disk();
        if (state !== undefined) this.set(state.bavail * state.bsize);
      },
    }),
  );
  register.registerMetric(
    new Gauge({
      name: 'segue_memory_limit_bytes',
      help: 'Memory that the process may use: its container’s limit, or the machine’s memory',
      aggregator: 'first',
      registers: [],
      collect() {
        this.set(memoryLimit());
      },
    }),
  );
  const build = new Gauge({
    name: 'segue_build_info',
    help: '1, with the versions of Segue and Node',
    labelNames: ['version', 'node'],
    aggregator: 'first',
    registers: [],
  });
  build.set({ version: segueVersion(), node: process.versions.node }, 1);
  register.registerMetric(build);
}

/** Node says 0, or more than there is, where no limit is set. */
function memoryLimit(): number {
  const constrained = process.constrainedMemory() ?? 0;
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}
