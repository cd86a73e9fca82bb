import { path, several, text, yesNo } from './kind.js';
import type { Group } from './setting.js';

/** Notices to people. */
export const NOTICES = {
  title: 'Notices to people',
  commands: '`run`, `task`, `serve`, `up`, `demo`, `notices`',
  settings: {
    smtpUrl: {
      kind: text('`smtps://user@host:465` or `smtp://user@host:587`, without a password'),
      what: 'mail server of the notices',
      unless: 'no e-mail',
    },
    smtpPassword: {
      kind: text('a password'),
      what: 'password of the mail server',
      secret: ['', '_FILE', '_VAULT'],
      unless: 'none',
    },
    smtpCaFile: {
      kind: path('a PEM file'),
      what: 'certificates of an authority of your own',
      unless: "the system's",
    },
    smtpPlain: {
      kind: yesNo,
      what: 'mails may go without TLS, to a relay on the same machine say',
      fallback: 'no',
    },
    noticeFrom: { kind: text('an address'), what: 'sender of the notices', unless: 'none; e-mail needs one' },
    noticeTo: {
      kind: several('addresses'),
      what: 'receivers of the notices',
      unless: 'none; e-mail needs one',
    },
    slackWebhookUrl: {
      kind: text('a URL'),
      what: "Slack's incoming webhook",
      secret: ['', '_FILE', '_VAULT'],
      unless: 'nothing goes to Slack',
    },
  },
} as const satisfies Group;
