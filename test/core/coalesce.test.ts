import { expect, it } from 'vitest';
import { coalesce } from '#segue/core/coalesce.js';

it('runs one at a time; calls made before a run begins share it, later ones get another', async () => {
  const release: (() => void)[] = [];
  let running = 0;
  let most = 0;
  let runs = 0;
  const work = coalesce(async () => {
    running += 1;
    runs += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => release.push(resolve));
    running -= 1;
  });

  const first = work();
  expect(work()).toBe(first);
  await Promise.resolve();
  const second = work();
  expect(work()).toBe(second);
  expect(second).not.toBe(first);

  release[0]!();
  await first;
  await Promise.resolve();
  release[1]!();
  await second;
  expect([runs, most]).toEqual([2, 1]);
});
