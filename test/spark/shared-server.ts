import type { TestProject } from 'vitest/node';
import { prepareSpark, startSpark } from './server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a server that the suites share. */
    readonly spark: string;
  }
}

/** Runs before the suite (vitest.config.ts): installs Spark and starts the server that the suites share. */
export default async function prepare({ provide }: TestProject): Promise<() => Promise<void>> {
  prepareSpark();
  const server = await startSpark();
  provide('spark', server.address);
  return () => server.stop();
}
