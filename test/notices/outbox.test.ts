import { describe, expect, it } from 'vitest';
import { type Home, homeAt } from '#segue/core/home.js';
import { type Channel, Undelivered } from '#segue/notices/channel.js';
import { deliver } from '#segue/notices/deliver.js';
import { noticeOf } from '#segue/notices/notice.js';
import { listPosted, post } from '#segue/notices/outbox.js';
import { tellerOf } from '#segue/notices/tell.js';
import { tempFolder } from '../core/temp.js';
import { NOTICE } from './notice.js';

const now = (): Date => new Date('2026-11-23T06:00:00Z');
const rules = { budgetMs: 1000, now, firstWaitMs: 1 };

/** A channel that answers as told, one answer an attempt, and then takes all. */
function channel(name: Channel['name'], ...answers: readonly Undelivered[]) {
  const taken: string[] = [];
  const left = [...answers];
  const made: Channel = {
    name,
    async send({ id }) {
      const answer = left.shift();
      if (answer !== undefined) throw answer;
      taken.push(id);
    },
  };
  return { made, taken };
}

async function home(): Promise<Home> {
  return homeAt(await tempFolder());
}

describe('a notice', () => {
  it('is told once on each channel, however often its event is met', async () => {
    const at = await home();
    const [mail, slack] = [channel('mail'), channel('slack')];
    const teller = tellerOf(at, [mail.made, slack.made], now);
    await teller.tell(NOTICE);
    await teller.tell(NOTICE);
    await teller.sendRest();
    expect([mail.taken, slack.taken]).toEqual([[NOTICE.id], [NOTICE.id]]);
    expect(await listPosted(at)).toMatchObject([
      { deliveries: { mail: { state: 'sent' }, slack: { state: 'sent' } } },
    ]);
  });

  it('is tried again while that may help, and the other channel does not wait for it', async () => {
    const at = await home();
    const mail = channel('mail', new Undelivered('busy', true), new Undelivered('busy', true));
    const slack = channel('slack', new Undelivered('gone', false));
    await post(at, NOTICE, [mail.made, slack.made]);
    expect(await deliver(at, [mail.made, slack.made], rules)).toBe(0);
    expect((await listPosted(at))[0]!.deliveries).toEqual({
      mail: { state: 'sent', attempts: 3, error: null, sent_at: now().toISOString() },
      slack: { state: 'failed', attempts: 1, error: 'gone', sent_at: null },
    });
  });

  it('that cannot be delivered in time waits for the next process', async () => {
    const at = await home();
    const mail = channel('mail', new Undelivered('busy', true, 60_000));
    await post(at, NOTICE, [mail.made]);
    expect(await deliver(at, [mail.made], rules)).toBe(1);
    expect(await deliver(at, [mail.made], rules)).toBe(0);
    expect(mail.taken).toEqual([NOTICE.id]);
  });

  it('that a killed process put down is sent by the next one', async () => {
    const at = await home();
    const mail = channel('mail');
    await post(at, NOTICE, [mail.made]);
    expect(mail.taken).toEqual([]);
    expect(await tellerOf(at, [mail.made], now).sendRest()).toBe(0);
    expect(mail.taken).toEqual([NOTICE.id]);
  });

  it('is sent by one of many processes at once', async () => {
    const at = await home();
    const mail = channel('mail');
    await post(at, NOTICE, [mail.made]);
    await Promise.all(Array.from({ length: 10 }, async () => deliver(at, [mail.made], rules)));
    expect(mail.taken).toEqual([NOTICE.id]);
  });
});

it('recovery is told once after trouble, and never without', async () => {
  const at = await home();
  const mail = channel('mail');
  let day = 23;
  const teller = tellerOf(at, [mail.made], () => new Date(Date.UTC(2026, 10, day++, 6)));
  await teller.recovered('run-1', 'm-111111111111');
  expect(mail.taken).toEqual([]);
  await teller.tell(NOTICE);
  await teller.recovered('run-2', 'm-222222222222');
  await teller.recovered('run-3', 'm-333333333333');
  const posted = await listPosted(at);
  expect(posted.map(({ notice }) => notice.event)).toEqual(['refused', 'recovered']);
  expect(posted[1]!.notice).toMatchObject({
    what: 'Run run-2 put m-222222222222 into production.',
    why: [`Since ${NOTICE.at}: ${NOTICE.what}`],
  });
  const at4 = '2026-12-24T05:00:00.000Z';
  const again = noticeOf({ ...NOTICE, at: at4, run: 'run-4', event: 'failed', what: 'It died.' });
  await teller.tell(again);
  await teller.recovered('run-5', 'm-555555555555');
  expect(mail.taken).toHaveLength(4);
});
