import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type MailSettings, mailChannel } from '#segue/notices/mail.js';
import { missedNotice } from '#segue/notices/notice.js';
import { slackChannel } from '#segue/notices/slack.js';
import { startMailServer } from './mail-server.js';
import { NOTICE } from './notice.js';

async function portOf(server: TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function closedPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a mail', () => {
  const settings = (url: string, ca?: string, more: Partial<MailSettings> = {}): MailSettings => ({
    url: new URL(url),
    password: 'canary-password',
    from: 'segue@example.com',
    to: ['ana@example.com', 'team@example.com'],
    ca,
    plain: false,
    ...more,
  });

  it('says what, why, what serves and what to do, by TLS with a password', async () => {
    const logins: unknown[] = [];
    const server = await startMailServer({
      secure: true,
      authOptional: false,
      onAuth({ username, password }, _session, done) {
        logins.push([username, password]);
        done(null, { user: username });
      },
    });
    await mailChannel(settings(`smtps://ana%40example.com@localhost:${server.port}`, server.ca)).send(NOTICE);
    expect(logins).toEqual([['ana@example.com', 'canary-password']]);
    const [mail] = server.mails;
    expect(mail).toMatchObject({
      subject: '[Segue] Refused: Run 2026-11-23T05-00-00Z: The gate refused model m-0a1b2c3d4e5f.',
      messageId: `<${NOTICE.id}@segue>`,
      from: { text: 'segue@example.com' },
      to: { text: 'ana@example.com, team@example.com' },
    });
    for (const part of [NOTICE.what, ...NOTICE.why, 'In production now: m-ffffffffffff', NOTICE.what_to_do])
      expect(mail!.text).toContain(part);
  });

  it('goes by STARTTLS, and not at all where there is none or the certificate is not trusted', async () => {
    const server = await startMailServer();
    await mailChannel(settings(`smtp://localhost:${server.port}`, server.ca)).send(NOTICE);
    expect(server.mails).toHaveLength(1);
    await expect(mailChannel(settings(`smtp://localhost:${server.port}`)).send(NOTICE)).rejects.toMatchObject(
      {
        mayPass: true,
      },
    );
    const without = await startMailServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
    const plainly = `smtp://localhost:${without.port}`;
    await expect(mailChannel(settings(plainly, without.ca)).send(NOTICE)).rejects.toThrow('did not take');
    expect(without.mails).toHaveLength(0);
    await mailChannel(settings(plainly, undefined, { plain: true })).send(NOTICE);
    expect(without.mails).toHaveLength(1);
  });

  it.each([
    [451, true],
    [550, false],
  ])(
    'that is answered %i may be sent again: %s; no error holds the password',
    async (responseCode, mayPass) => {
      const server = await startMailServer({
        onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode })),
      });
      const sent = mailChannel(settings(`smtp://localhost:${server.port}`, server.ca)).send(NOTICE);
      await expect(sent).rejects.toMatchObject({
        mayPass,
        message: expect.not.stringContaining('canary') as string,
      });
    },
  );

  it('may be sent again where the server is silent, gone, or hangs up in the middle', async () => {
    const silent = createTcpServer();
    const rude = createTcpServer((socket) => void socket.end('220 hello\r\n'));
    for (const server of [silent, rude]) {
      const port = await portOf(server);
      const sent = mailChannel(settings(`smtp://127.0.0.1:${port}`), 200).send(NOTICE);
      await expect(sent).rejects.toMatchObject({ mayPass: true });
    }
    const gone = mailChannel(settings(`smtp://127.0.0.1:${await closedPort()}`), 200).send(NOTICE);
    await expect(gone).rejects.toMatchObject({ mayPass: true });
  });
});

describe('a message to Slack', () => {
  async function receiver(
    handle: (request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<string> {
    const server = createServer(handle).listen(0, '127.0.0.1');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    await new Promise((resolve) => server.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/canary`;
  }

  it('has a headline, and all that a mail has', async () => {
    const bodies: string[] = [];
    const url = await receiver((request, response) => {
      void (async () => {
        bodies.push(await text(request));
        response.end('ok');
      })();
    });
    const missed = missedNotice(new Date('2026-11-23T05:00:00Z'), null, new Date('2026-11-24T05:00:00Z'));
    await slackChannel(url).send(missed);
    const { text: headline, blocks } = JSON.parse(bodies[0]!) as { text: string; blocks: unknown[] };
    expect(headline).toBe(
      '[Segue] Missed: The retrain that was due at 2026-11-23T05:00:00.000Z did not begin.',
    );
    expect(JSON.stringify(blocks)).toContain('No model is in production.');
  });

  it.each([
    [429, { 'retry-after': '3' }, { mayPass: true, afterMs: 3000 }],
    [500, {}, { mayPass: true, afterMs: undefined }],
    [404, {}, { mayPass: false }],
    [403, {}, { mayPass: false }],
  ])('that is answered %i', async (status, headers, expected) => {
    const url = await receiver(
      (_request, response) => void response.writeHead(status, headers).end('no_service'),
    );
    await expect(slackChannel(url).send(NOTICE)).rejects.toMatchObject({
      ...expected,
      message: expect.not.stringContaining('canary') as string,
    });
  });

  it('may be sent again where Slack is silent or gone', async () => {
    const url = await receiver(() => {});
    await expect(slackChannel(url, 100).send(NOTICE)).rejects.toMatchObject({ mayPass: true });
    const gone = slackChannel(`http://127.0.0.1:${await closedPort()}/canary`).send(NOTICE);
    await expect(gone).rejects.toMatchObject({
      mayPass: true,
      message: "Slack can't be reached: ECONNREFUSED",
    });
  });
});
