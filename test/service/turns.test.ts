import { setImmediate as round } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { takeTurns } from '#segue/service/turns.js';

it('one turn is given per round of the event loop, first come first served, and is over after its time', async () => {
  let time = 0;
  const next = takeTurns(5, () => time);
  const order: number[] = [];
  const work = async (n: number): Promise<void> => {
    for (let i = 0; i < 2; i += 1) {
      const turn = await next();
      expect(turn.over()).toBe(false);
      time += 5;
      expect(turn.over()).toBe(true);
      order.push(n);
    }
  };
  const all = Promise.all([work(1), work(2), work(3)]);
  const seen: number[] = [];
  while (order.length < 6) {
    await round();
    seen.push(order.length);
  }
  await all;
  expect(order).toEqual([1, 2, 3, 1, 2, 3]);
  const steps = seen.map((count, i) => count - (seen[i - 1] ?? 0));
  expect(Math.max(...steps)).toBe(1);
});
