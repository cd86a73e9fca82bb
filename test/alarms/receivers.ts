import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** What people got, by a real SMTP server and a webhook as Slack's. */
export interface Receivers {
  readonly mails: readonly ParsedMail[];
  /** Titles of messages. */
  readonly messages: readonly string[];
  readonly smtpPort: number;
  readonly webhook: string;
  close(): Promise<void>;
}

export async function openReceivers(): Promise<Receivers> {
  const mails: ParsedMail[] = [];
  const messages: string[] = [];
  const mailServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      void (async () => {
        mails.push(await simpleParser(stream));
        done();
      })();
    },
  });
  await new Promise<void>((resolve) => mailServer.listen(0, '127.0.0.1', resolve));
  const slack = createServer((request, response) => {
    void (async () => {
      const body = JSON.parse(await text(request)) as { readonly attachments: [{ readonly title: string }] };
      messages.push(body.attachments[0].title);
      response.end('ok');
    })();
  });
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
  return {
    mails,
    messages,
    smtpPort: (mailServer.server.address() as AddressInfo).port,
    webhook: `http://127.0.0.1:${(slack.address() as AddressInfo).port}/hook`,
    async close() {
      await new Promise<void>((resolve) => mailServer.close(() => resolve()));
      await new Promise((resolve) => slack.close(resolve));
    },
  };
}

/** Names of the alerts in headlines of one status, each once. */
export function namesIn(headlines: readonly string[], status: 'firing' | 'resolved'): readonly string[] {
  const names = headlines
    .filter((headline) => headline.includes(status))
    .flatMap((headline) => [...headline.matchAll(/Segue\w+/g)].map(([name]) => name));
  return [...new Set(names)].toSorted();
}
