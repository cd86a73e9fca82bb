import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { listPosted } from '#segue/notices/outbox.js';
import { startRun } from '#segue/pipeline/start.js';
import { segue } from '../cli/segue.js';
import { start } from '../cli/start.js';
import { pipelineFixture } from '../pipeline/fixture.js';
import { startMailServer } from './mail-server.js';

it('a version in production that can’t be served is mailed once, whatever the number of workers; so is its recovery', async () => {
  const mail = await startMailServer();
  const subjects = (): readonly (string | undefined)[] => mail.mails.map(({ subject }) => subject);
  const { home, options, context } = await pipelineFixture(1500);
  const first = (await startRun(context, { options })).version!;
  const second = (await startRun(context, { options: { ...options, k: 5 } })).version!;
  await writeFile(home.model(second).model, 'damaged');

  const argv = ['serve', '--home', home.root, '--port', '0', '--workers', '2'];
  const { logged, stop } = await start(argv, /^Serving at /, {
    SEGUE_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    SEGUE_SMTP_PLAIN: 'yes',
    SEGUE_NOTICE_FROM: 'segue@example.com',
    SEGUE_NOTICE_TO: 'ana@example.com',
  });
  await logged(({ code }) => code === 'SEGUE_MODEL_CORRUPT');
  const told = `[Segue] Not served: ${second} is in production but can’t be served.`;
  await expect.poll(subjects, { timeout: 60_000 }).toEqual([told]);
  expect(mail.mails[0]!.text).toContain('Requests are answered with 500');

  expect((await segue('models', 'promote', first, '--home', home.root)).exitCode).toBe(0);
  await expect.poll(subjects, { timeout: 60_000 }).toEqual([told, `[Segue] Recovered: ${first} serves.`]);
  expect(await stop()).toBe(0);
  expect((await listPosted(home)).map(({ notice }) => notice.event)).toEqual(['not_served', 'recovered']);
});
