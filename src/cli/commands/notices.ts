import { currentActor } from '../../core/actor.js';
import { SegueError } from '../../core/errors.js';
import { productionVersion } from '../../models/registry.js';
import { listPosted } from '../../notices/outbox.js';
import { channelsOf } from '../../notices/settings.js';
import { tellerOf } from '../../notices/tell.js';
import { printJson, printLines, printTable } from '../output.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';

type Options = CommonOptions & { readonly json?: boolean };

/** `segue notices list|send|test`. */
export const addNotices: AddCommand = (program, { io }) => {
  const notices = program.command('notices').description('what people were told, by e-mail and Slack');

  withJson(withCommon(notices.command('list').description('all notices, the oldest first'))).action(
    async (options: Options) => {
      const posted = await listPosted(homeOf(options));
      if (options.json) return printJson(io, posted);
      printTable(
        io,
        ['at', 'event', 'what', 'mail', 'slack'],
        posted.map(({ notice: { at, event, what }, deliveries: { mail, slack } }) => [
          at,
          event,
          what,
          mail?.state ?? '',
          slack?.state ?? '',
        ]),
      );
    },
  );

  withCommon(notices.command('send').description('send what could not be delivered')).action(
    async (options: Options) => {
      const channels = await channelsOf(process.env);
      const left = await tellerOf(homeOf(options), channels, () => new Date()).sendRest();
      printLines(io, left === 0 ? 'Nothing is left to be sent.' : `${left} could not be delivered yet.`);
    },
  );

  withCommon(notices.command('test').description('send one notice on every channel, now')).action(
    async (options: Options) => {
      const channels = await channelsOf(process.env);
      if (channels.length === 0)
        throw new SegueError('SEGUE_USAGE', {
          what: 'No channel is set up',
          mend: 'Set SEGUE_SMTP_URL or SEGUE_SLACK_WEBHOOK_URL; docs/notices.md says how.',
        });
      const at = new Date().toISOString();
      const production = await productionVersion(homeOf(options));
      const what = `a test by ${currentActor()}`;
      const notice = {
        id: 'test',
        event: 'recovered',
        at,
        what,
        why: [],
        production,
        what_to_do: 'Nothing.',
      } as const;
      for (const channel of channels) await channel.send(notice);
      printLines(io, `Sent by ${channels.map(({ name }) => name).join(' and ')}.`);
    },
  );
};
