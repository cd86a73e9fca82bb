import { path, text } from './kind.js';
import type { Group } from './setting.js';

/** Of every command that works on a home folder. */
export const COMMON = {
  title: 'The home',
  commands: 'every command that works on a home',
  settings: {
    config: {
      kind: text('a file, or `none`'),
      what: 'file of settings; none reads no file',
      argument: '<file>',
      unless: '`segue.config.json` in the working folder, if it is there',
      outside: true,
    },
    home: {
      kind: path('a folder'),
      what: 'folder that holds everything',
      argument: '<folder>',
      fallback: './.segue',
    },
    registry: {
      kind: text('`s3://bucket` or `s3://bucket/prefix`'),
      what: 'bucket for versions and ledger that several homes share, s3://…',
      argument: '<address>',
      unless: 'the home',
    },
    actor: {
      kind: text('a name'),
      what: 'who does what is done, for the ledger and the audit log',
      unless: "the user's name",
    },
  },
} as const satisfies Group;
