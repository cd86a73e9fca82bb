import { readFile } from 'node:fs/promises';
import { SegueError } from '../core/errors.js';
import { readYesNo } from '../core/yes-no.js';
import { readSecret } from '../secrets/read-secret.js';
import type { Channel } from './channel.js';
import { mailChannel } from './mail.js';
import { slackChannel } from './slack.js';

/**
 * The channels that the environment sets up; none where it says nothing.
 *
 * @throws SegueError SEGUE_USAGE for a setting that can't be used, SEGUE_SECRET_UNREADABLE; no secret is in either
 */
export async function channelsOf(env: NodeJS.ProcessEnv): Promise<Channel[]> {
  const [mail, slack] = [await mailOf(env), await slackOf(env)];
  return [...(mail === undefined ? [] : [mail]), ...(slack === undefined ? [] : [slack])];
}

async function mailOf(env: NodeJS.ProcessEnv): Promise<Channel | undefined> {
  const address = set(env['SEGUE_SMTP_URL']);
  if (address === undefined) return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (
    url === undefined ||
    !['smtp:', 'smtps:'].includes(url.protocol) ||
    url.hostname === '' ||
    url.password !== ''
  )
    throw new SegueError('SEGUE_USAGE', {
      what: 'SEGUE_SMTP_URL is no address of a mail server',
      value: url === undefined ? 'not a URL' : `${url.protocol}//…`,
      limit: 'smtps://user@host:465 or smtp://user@host:587, without a password',
      mend: 'Put the password into SEGUE_SMTP_PASSWORD, SEGUE_SMTP_PASSWORD_FILE or SEGUE_SMTP_PASSWORD_VAULT.',
    });
  const from = set(env['SEGUE_NOTICE_FROM']);
  const to = (env['SEGUE_NOTICE_TO'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (from === undefined || to.length === 0 || ![from, ...to].every((one) => /^[^@]+@[^@]+$/.test(one)))
    throw new SegueError('SEGUE_USAGE', {
      what: 'E-mail notices need a sender and receivers',
      value: `from ${from ?? 'nobody'}, to ${to.join(', ') || 'nobody'}`,
      limit: 'SEGUE_NOTICE_FROM: one address; SEGUE_NOTICE_TO: one or more, separated by commas',
      mend: 'Set both, such as segue@example.com and team@example.com.',
    });
  const caFile = set(env['SEGUE_SMTP_CA_FILE']);
  return mailChannel({
    url,
    password: await readSecret('SEGUE_SMTP_PASSWORD', env),
    from,
    to,
    ca: caFile === undefined ? undefined : await readCertificates(caFile),
    plain: readYesNo(env['SEGUE_SMTP_PLAIN'] ?? '') === true,
  });
}

async function readCertificates(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new SegueError('SEGUE_USAGE', {
      what: 'The certificates of SEGUE_SMTP_CA_FILE cannot be read',
      value: path,
      mend: 'Name a PEM file that this process may read.',
      cause,
    });
  }
}

async function slackOf(env: NodeJS.ProcessEnv): Promise<Channel | undefined> {
  const url = await readSecret('SEGUE_SLACK_WEBHOOK_URL', env);
  if (url === undefined) return undefined;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return slackChannel(url);
  throw new SegueError('SEGUE_USAGE', {
    what: 'SEGUE_SLACK_WEBHOOK_URL is not a URL',
    limit: 'https://…',
    mend: 'Copy it from the page of the incoming webhook in Slack.',
  });
}

function set(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}
