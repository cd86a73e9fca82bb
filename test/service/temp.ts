import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Home, homeAt } from '#segue/core/home.js';

/** The clock of these tests. */
export const NOW = new Date('2026-11-24T05:00:00Z');

/** A home whose removal the caller sees to; for files that share one among their tests. */
export async function temporaryHome(): Promise<{ home: Home; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-service-'));
  return { home: homeAt(folder), remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A home that goes when the test is over. */
export async function homeOfTest(): Promise<Home> {
  const { home, remove } = await temporaryHome();
  onTestFinished(remove);
  return home;
}

/** A promise, and what resolves it. */
export function signal<T = void>(): { readonly given: Promise<T>; readonly give: (value: T) => void } {
  let resolver: ((value: T) => void) | undefined;
  const given = new Promise<T>((resolve) => {
    resolver = resolve;
  });
  return { given, give: (value) => resolver?.(value) };
}
