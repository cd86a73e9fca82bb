import { Argument } from 'commander';
import { LOG_LEVELS, type LogLevel } from '../../service/log.js';
import { readLogLevel, writeLogLevel } from '../../service/log-level.js';
import { printLines } from '../output.js';
import { duration } from '../parse.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon } from './common.js';

type Options = CommonOptions & { readonly for?: number };

/** `segue log-level`: what the servers of a home log, while they run. */
export const addLogLevel: AddCommand = (program, { io }) => {
  const command = program
    .command('log-level')
    .description('what the running servers of a home log; says it, or sets it')
    .addArgument(
      new Argument('[level]', 'own: what each server was started with').choices([...LOG_LEVELS, 'own']),
    )
    .option('--for <time>', 'how long, such as 30m; until it is changed unless given', duration);
  withCommon(command).action(async (level: LogLevel | 'own' | undefined, options: Options) => {
    const home = homeOf(options);
    const now = new Date();
    if (level !== undefined) {
      const until = options.for === undefined ? null : new Date(now.getTime() + options.for).toISOString();
      await writeLogLevel(home, level === 'own' ? undefined : { level, until });
    }
    const set = await readLogLevel(home, now);
    printLines(
      io,
      set === undefined
        ? 'Each server logs at the level that it was started with.'
        : `Servers of this home log at ${set.level}${set.until === null ? '' : ` until ${set.until}`}.`,
    );
  });
};
