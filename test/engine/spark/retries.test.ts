import { describe, expect, it } from 'vitest';
import { retries, UNDER_WAY, untilDone } from '#segue/engine/spark/retries.js';

const PASSING = new Error('passing');

function watched(patience = UNDER_WAY) {
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  return { waits, attempts: retries(patience, (error) => error === PASSING, wait) };
}

describe('retries', () => {
  it('wait longer each time, up to a limit, and then give the failure', async () => {
    const { waits, attempts } = watched();
    await expect(untilDone(() => Promise.reject(PASSING), attempts)).rejects.toBe(PASSING);
    expect(waits).toEqual([100, 300, 900, 2700, 8100, 10_000, 10_000, 10_000, 10_000]);
  });

  it('give a failure that does not pass at once', async () => {
    const { waits, attempts } = watched();
    const fault = new Error('fault');
    await expect(untilDone(() => Promise.reject(fault), attempts)).rejects.toBe(fault);
    expect(waits).toEqual([]);
  });

  it('begin anew once something was got', async () => {
    const { waits, attempts } = watched({ tries: 2, firstWaitMs: 1, factor: 2, longestWaitMs: 8 });
    await attempts.failed(PASSING);
    attempts.succeeded();
    await attempts.failed(PASSING);
    await expect(attempts.failed(PASSING)).rejects.toBe(PASSING);
    expect(waits).toEqual([1, 1]);
  });
});
