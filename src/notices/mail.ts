import { createTransport } from 'nodemailer';
import { type Channel, Undelivered } from './channel.js';
import { headlineOf, linesOf } from './notice.js';

export interface MailSettings {
  /** `smtps://user@host:465` for TLS from the start, `smtp://user@host:587` for STARTTLS. */
  readonly url: URL;
  readonly password: string | undefined;
  readonly from: string;
  readonly to: readonly string[];
  /** Certificates of the authorities that are trusted besides the usual ones, PEM. */
  readonly ca: string | undefined;
  /** Whether the connection may stay without TLS: never unless said. */
  readonly plain: boolean;
}

const TIMEOUT_MS = 10_000;

/** E-mail by SMTP. A server's 4xx and a broken connection are tried again; its 5xx is its last word. */
export function mailChannel(
  { url, password, from, to, ca, plain }: MailSettings,
  timeoutMs = TIMEOUT_MS,
): Channel {
  const secure = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  const transport = createTransport({
    host: url.hostname.replaceAll(/[[\]]/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !plain,
    ignoreTLS: plain && !secure,
    ...(user === '' ? {} : { auth: { user, pass: password ?? '' } }),
    ...(ca === undefined ? {} : { tls: { ca } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  return {
    name: 'mail',
    async send(notice) {
      try {
        await transport.sendMail({
          from,
          to: [...to],
          subject: headlineOf(notice),
          text: linesOf(notice).join('\n'),
          messageId: `<${notice.id}@segue>`, // a mail that came twice, after a cut, is seen to be one
          headers: { 'X-Segue-Event': notice.event },
        });
      } catch (error) {
        throw undelivered(error);
      } finally {
        transport.close();
      }
    },
  };
}

function undelivered(error: unknown): Undelivered {
  const { code, responseCode } = error as { readonly code?: string; readonly responseCode?: number };
  const said = responseCode === undefined ? (code ?? 'unknown') : `${responseCode}`;
  const final = responseCode !== undefined && responseCode >= 500;
  return new Undelivered(`The mail server did not take the mail: ${said}`, !final);
}
