import { expect, it } from 'vitest';
import { channelsOf } from '#segue/notices/settings.js';

const MAIL = {
  SEGUE_SMTP_URL: 'smtps://ana@mail.example.com:465',
  SEGUE_SMTP_PASSWORD: 'canary',
  SEGUE_NOTICE_FROM: 'segue@example.com',
  SEGUE_NOTICE_TO: 'ana@example.com, team@example.com',
};

it('sets up what is named', async () => {
  const names = async (env: NodeJS.ProcessEnv) => (await channelsOf(env)).map(({ name }) => name);
  expect(await names({})).toEqual([]);
  expect(await names(MAIL)).toEqual(['mail']);
  expect(await names({ ...MAIL, SEGUE_SLACK_WEBHOOK_URL: 'https://hooks.example.com/canary' })).toEqual([
    'mail',
    'slack',
  ]);
});

it.each([
  [{ ...MAIL, SEGUE_SMTP_URL: 'mail.example.com' }, 'SEGUE_SMTP_URL is no address'],
  [{ ...MAIL, SEGUE_SMTP_URL: 'smtps://ana:canary@mail.example.com' }, 'SEGUE_SMTP_URL is no address'],
  [{ ...MAIL, SEGUE_NOTICE_TO: '' }, 'a sender and receivers'],
  [{ ...MAIL, SEGUE_NOTICE_FROM: 'segue' }, 'a sender and receivers'],
  [{ ...MAIL, SEGUE_SMTP_CA_FILE: '/nowhere/ca.pem' }, 'cannot be read'],
  [{ SEGUE_SLACK_WEBHOOK_URL: 'canary' }, 'SEGUE_SLACK_WEBHOOK_URL is not a URL'],
])('refuses %j without saying a secret', async (env, what) => {
  const failed = channelsOf(env);
  await expect(failed).rejects.toThrow(what);
  await expect(failed).rejects.not.toThrow('canary');
});
