import { Cron } from 'croner';
import { describe, expect, it } from 'vitest';
import { newRecord, saveRecord } from '#segue/pipeline/run-record.js';
import { lastDue, missedDue } from '#segue/pipeline/schedule.js';
import { pipelineFixture } from './fixture.js';

const cron = (pattern: string, timezone = 'UTC') => new Cron(pattern, { timezone, paused: true });

describe('the last due time', () => {
  it.each([
    ['0 5 * * 1', 'UTC', '2026-11-25T12:00:00Z', '2026-11-23T05:00:00.000Z'],
    ['0 5 * * 1', 'Europe/Madrid', '2026-11-23T04:00:00Z', '2026-11-23T04:00:00.000Z'],
    ['0 5 * * 1', 'Europe/Madrid', '2026-11-23T03:59:00Z', '2026-11-16T04:00:00.000Z'],
    ['0 3 * * 1', 'Europe/Madrid', '2026-10-26T12:00:00Z', '2026-10-26T02:00:00.000Z'],
    ['*/5 * * * *', 'UTC', '2026-11-25T12:03:00Z', '2026-11-25T12:00:00.000Z'],
    ['0 0 1 1 *', 'UTC', '2026-11-25T12:00:00Z', '2026-01-01T00:00:00.000Z'],
  ])('of %s in %s at %s is %s', (pattern, timezone, now, due) => {
    expect(lastDue(cron(pattern, timezone), new Date(now))?.toISOString()).toBe(due);
  });
});

it('a retrain is missed when the newest run began before it was due, and there is one', async () => {
  const { home, options } = await pipelineFixture(200);
  const now = new Date('2026-11-25T12:00:00Z');
  const weekly = cron('0 5 * * 1');
  expect(await missedDue(home, weekly, now)).toBeUndefined();
  await saveRecord(home, newRecord('old', options, 'f', new Date('2026-11-23T04:00:00Z')));
  expect((await missedDue(home, weekly, now))?.toISOString()).toBe('2026-11-23T05:00:00.000Z');
  await saveRecord(home, newRecord('new', options, 'f', new Date('2026-11-23T05:00:01Z')));
  expect(await missedDue(home, weekly, now)).toBeUndefined();
});
