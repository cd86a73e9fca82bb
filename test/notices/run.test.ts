import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { PROGRAM } from '../cli/start.js';
import { tempFolder } from '../core/temp.js';
import { startMailServer } from './mail-server.js';

interface Ended {
  readonly code: number;
  readonly stderr: string;
}

/** A real run in a process of its own. */
async function run(env: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const all = { env: { ...process.env, SEGUE_STARTS: '2', ...env } };
    execFile(process.execPath, [PROGRAM, ...argv], all, (error, _stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stderr });
    });
  });
}

it('a refusal and the recovery from it are mailed and posted, once each; silence blocks nothing', async () => {
  const mail = await startMailServer();
  const posts: string[] = [];
  const slack = createServer((request, response) => {
    void (async () => {
      posts.push(await text(request));
      response.end('ok');
    })();
  });
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void slack.close());
  const folder = await tempFolder();
  const [source, home] = [join(folder, 'catalogue.csv'), join(folder, 'home')];
  await run({}, 'generate', '--tracks', '3000', '--seed', '5', '--out', source);
  const env = {
    SEGUE_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    SEGUE_SMTP_PLAIN: 'yes',
    SEGUE_NOTICE_FROM: 'segue@example.com',
    SEGUE_NOTICE_TO: 'ana@example.com',
    SEGUE_SLACK_WEBHOOK_URL: `http://127.0.0.1:${(slack.address() as AddressInfo).port}/`,
  };
  const argv = ['run', '--home', home, '--source', source, '--k', '4'];

  expect(await run(env, ...argv, '--min-silhouette', '0.9')).toMatchObject({ code: 3 });
  expect(mail.mails.map(({ subject }) => subject)).toEqual([expect.stringContaining('[Segue] Refused')]);
  expect(mail.mails[0]!.text).toContain('the limit is 0.9000');
  expect(posts).toHaveLength(1);

  expect(await run(env, ...argv)).toMatchObject({ code: 0 });
  expect(mail.mails.map(({ subject }) => subject?.slice(0, 18))).toEqual([
    '[Segue] Refused: R',
    '[Segue] Recovered:',
  ]);
  expect(posts).toHaveLength(2);
  expect(await run(env, ...argv)).toMatchObject({ code: 0 });
  expect(mail.mails).toHaveLength(2);

  const wrong = await run({ ...env, SEGUE_NOTICE_TO: '' }, ...argv);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('sender and receivers') as string });
});
