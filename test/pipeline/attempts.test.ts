import { describe, expect, it, vi } from 'vitest';
import { SegueError } from '#segue/core/errors.js';
import { inTime, mayPass, withAttempts } from '#segue/pipeline/attempts.js';
import { readRunLog } from '#segue/pipeline/run-log.js';
import { listRecords } from '#segue/pipeline/run-record.js';
import { startRun } from '#segue/pipeline/start.js';
import { pipelineFixture } from './fixture.js';

const rules = { retries: 2, firstWaitMs: 1, timeLimitMs: 60_000 };
const busy = Object.assign(new Error('busy'), { code: 'EBUSY' });
const input = new SegueError('SEGUE_SOURCE_EMPTY', { what: 'empty', mend: 'fill it' });

/** Work that fails of these, one an attempt, and then gives the number of the attempt. */
function failing(...errors: readonly Error[]) {
  return async (number: number): Promise<number> => {
    const error = errors[number - 1];
    if (error !== undefined) throw error;
    return number;
  };
}

describe('attempts', () => {
  it('are made again where the failure may pass, three times in all', async () => {
    expect(await withAttempts(rules, failing())).toBe(1);
    expect(await withAttempts(rules, failing(busy, busy))).toBe(3);
    await expect(withAttempts(rules, failing(busy, busy, busy))).rejects.toBe(busy);
  });

  it('end at a fault that stays', async () => {
    await expect(withAttempts(rules, failing(input))).rejects.toBe(input);
    await expect(withAttempts(rules, failing(busy, input))).rejects.toBe(input);
  });

  it('that take too long are given up, once', async () => {
    let begun = 0;
    const hanging = (): Promise<never> => {
      begun += 1;
      return new Promise(() => {});
    };
    const attempt = async () => inTime('T2', 20, hanging());
    await expect(withAttempts(rules, attempt)).rejects.toMatchObject({
      code: 'SEGUE_TASK_TIMEOUT',
      message: expect.stringContaining('T2 took longer than it may') as string,
    });
    expect(begun).toBe(1);
  });
});

it.each([
  [busy, true],
  [new Error('wrapped', { cause: busy }), true],
  [new SegueError('SEGUE_HOME_LOCKED', { what: 'locked', mend: 'wait' }), true],
  [new SegueError('SEGUE_SPARK_LOST', { what: 'lost', mend: 'wait' }), true],
  [new SegueError('SEGUE_SPARK_UNREACHABLE', { what: 'gone', mend: 'wait' }), true],
  [new SegueError('SEGUE_SPARK_REFUSED', { what: 'refused', mend: 'mend' }), false],
  [input, false],
  [Object.assign(new Error('no space'), { code: 'ENOSPC' }), false],
  [new TypeError('a fault'), false],
  ['text', false],
])('%s may pass: %s', (error, expected) => {
  expect(mayPass(error)).toBe(expected);
});

function undefinedWhereLocked(error: unknown): undefined {
  if (!(error instanceof SegueError) || error.code !== 'SEGUE_HOME_LOCKED') throw error;
}

it('a task beyond its time fails the run, T5 tells it, and the next run goes on', async () => {
  const { home, options, context, alerts } = await pipelineFixture(2000);
  const hasty = { ...context, attempts: { ...rules, timeLimitMs: 1 } };
  await expect(startRun(hasty, { options })).rejects.toMatchObject({ code: 'SEGUE_TASK_TIMEOUT' });
  expect(alerts).toMatchObject([{ event: 'failed', why: [expect.stringContaining('SEGUE_TASK_TIMEOUT')] }]);
  const [failed] = await listRecords(home);
  // what was given up still writes: until it has ended, another run is told that the home is locked
  const record = await vi.waitUntil(() => startRun(context, { options }).catch(undefinedWhereLocked), {
    timeout: 60_000,
  });
  const told = (await readRunLog(home, failed!.run)).map(({ task, event }) => `${task.slice(0, 2)} ${event}`);
  expect(told[0]).toBe('T1 began');
  expect(told.slice(told.indexOf('T1 failed'))).toEqual(['T1 failed', 'T5 began', 'T5 done']); // nothing more of T1
  const steps = (await readRunLog(home, record.run)).filter(({ event }) => event === 'step');
  expect(steps.map(({ text }) => text)).toContain('fitting k=4');
  expect(record.state).toBe('promoted');
  expect(await listRecords(home)).toHaveLength(2); // people were told of the first one: it is over
});
