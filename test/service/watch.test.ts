import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeWhole } from '#segue/core/files.js';
import { watchFile } from '#segue/service/watch.js';
import { homeOfTest, signal } from './temp.js';

const NEVER = 2 ** 31 - 1;

/** Watches; each call of the function it returns gives a promise of the next change. */
function watched(path: string, pollMs: number): () => Promise<string> {
  let next = signal<string>();
  onTestFinished(watchFile(path, () => next.give('changed'), pollMs));
  return () => {
    next = signal<string>();
    return next.given;
  };
}

describe('a watched file', () => {
  it('tells of being written whole, each time, and of being appended to', async () => {
    const path = join((await homeOfTest()).root, 'keys.json');
    const next = watched(path, NEVER);
    for (const write of [
      () => writeWhole(path, 'a'),
      () => writeWhole(path, 'b'),
      () => appendFile(path, 'c'),
    ]) {
      const change = next();
      await write();
      expect(await change).toBe('changed');
    }
  });

  it('is looked at anyway, even in a folder that is not there', async () => {
    const path = join((await homeOfTest()).root, 'missing', 'keys.json');
    const next = watched(path, 1);
    expect(await next()).toBe('changed');
    expect(await next()).toBe('changed');
  });

  it('is quiet about its neighbours', async () => {
    const { root } = await homeOfTest();
    const path = join(root, 'keys.json');
    const told: string[] = [];
    onTestFinished(watchFile(join(root, 'other.json'), () => told.push('other'), NEVER));
    const change = watched(path, NEVER)();
    await writeWhole(path, 'a');
    expect(await change).toBe('changed');
    expect(told).toEqual([]);
  });
});
