import { type Command, InvalidArgumentError, Option } from 'commander';
import { SegueError } from '../../core/errors.js';
import { GIVEN_KEYS } from '../../service/given-keys.js';
import { createKey, limitKey, listKeys, revokeKey, rotateKey } from '../../service/key-file.js';
import { type NewKey, newKey, SCOPES, type Scope } from '../../service/keys.js';
import { readKeysUsed } from '../../service/keys-used.js';
import { type RateLimit, rateLimit } from '../../service/rate.js';
import { type Io, printJson, printLines } from '../output.js';
import { duration, list, moment, number } from '../parse.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';
import { keyAsJson, printKeys } from './keys-shown.js';

type Options = CommonOptions & { readonly json?: boolean };
type LimitOptions = Options & { readonly rate?: number; readonly burst?: number };
type CreateOptions = LimitOptions & {
  readonly scopes: Scope[];
  readonly label: string;
  readonly days?: number;
  readonly expires?: Date;
  readonly unstored?: true;
};

const DAY_MS = 86_400_000;

/** `segue keys create|list|rotate|limit|revoke`. */
export const addKeys: AddCommand = (program, { io }) => {
  const keys = program.command('keys').description('API keys: who may call the service, and for what');

  const create = keys.command('create').description('make a key and print it, this once');
  withLimit(withJson(withCommon(create)))
    .option('--scopes <list>', `of ${SCOPES.join(', ')}`, parseScopes, ['predict'])
    .option('--label <text>', 'who it is for', '')
    .option('--days <number>', 'days until it expires; without it, never', number({ exclusiveMinimum: 0 }))
    .addOption(
      new Option('--unstored', `store nothing: print what ${GIVEN_KEYS} takes`).conflicts([
        'label',
        'days',
        'expires',
        'rate',
        'burst',
      ]),
    )
    .addOption(new Option('--expires <time>', 'when it expires').argParser(moment).conflicts('days'))
    .action(async (options: CreateOptions) => {
      const now = new Date();
      if (options.unstored) return printGiven(io, options, now);
      const { days, expires } = options;
      const expiresAt = days === undefined ? expires : new Date(now.getTime() + days * DAY_MS);
      const made = await createKey(homeOf(options), { ...options, expiresAt, limit: limitOf(options) }, now);
      const { id, scopes } = made.record;
      printNew(io, made, options, `Key ${id} for ${scopes.join(', ')}.`);
    });

  withJson(withCommon(keys.command('list').description('all keys, without their secrets'))).action(
    async (options: Options) => {
      const home = homeOf(options);
      printKeys(io, await listKeys(home), await readKeysUsed(home), new Date(), options.json === true);
    },
  );

  const rotate = keys.command('rotate <id>').description('give a key another secret and print it, this once');
  withJson(withCommon(rotate))
    .addOption(
      new Option('--overlap <time>', 'how long its secret of now still works: 90s, 30m, 24h, 7d')
        .argParser(duration)
        .default(DAY_MS, '24h'),
    )
    .action(async (id: string, options: Options & { readonly overlap: number }) => {
      const made = await rotateKey(homeOf(options), id, options.overlap, new Date());
      const until = made.record.earlier.at(-1)?.until;
      printNew(
        io,
        made,
        options,
        `Its former secret ${until === undefined ? 'ended now' : `works until ${until}`}.`,
      );
    });

  const limit = keys.command('limit <id>').description('set how much a key may ask for');
  withLimit(withJson(withCommon(limit)))
    .addOption(new Option('--none', "no limit of its own: the server's, if any").conflicts(['rate', 'burst']))
    .action(async (id: string, options: LimitOptions & { readonly none?: true }) => {
      const asked = limitOf(options);
      if (asked === undefined && options.none === undefined) throw noLimit();
      const record = await limitKey(homeOf(options), id, asked ?? null, new Date());
      if (options.json) return printJson(io, keyAsJson(record));
      const words = asked === undefined ? 'no limit of its own' : `${asked.rate}/s, ${asked.burst} at once`;
      printLines(io, `Key ${id}: ${words}.`);
    });

  withJson(withCommon(keys.command('revoke <id>').description('end a key at once'))).action(
    async (id: string, options: Options) => {
      const record = await revokeKey(homeOf(options), id, new Date());
      if (options.json) return printJson(io, keyAsJson(record));
      printLines(io, `Key ${record.id} is revoked.`);
    },
  );
};

/** A key that the server is given from outside, and its scopes. */
function printGiven(io: Io, options: CreateOptions, now: Date): void {
  const { key, record } = newKey(options, now);
  const given = `${key}:${record.scopes.join(',')}`;
  if (options.json) printJson(io, { given, key, scopes: record.scopes });
  else printLines(io, given);
}

function withLimit(command: Command): Command {
  return command
    .option('--rate <number>', 'requests a second that it may send', number({ exclusiveMinimum: 0 }))
    .option('--burst <number>', "requests at once; one second's worth unless given", number({ minimum: 1 }));
}

function limitOf({ rate, burst }: LimitOptions): RateLimit | undefined {
  if (rate !== undefined) return rateLimit(rate, burst);
  if (burst === undefined) return undefined;
  throw noLimit();
}

function noLimit(): SegueError {
  return new SegueError('SEGUE_USAGE', {
    what: 'A limit needs its rate',
    mend: 'Add --rate <requests a second>, or --none to take a limit away.',
  });
}

function printNew(io: Io, { key, record }: NewKey, { json }: Options, words: string): void {
  if (json) return printJson(io, { key, ...keyAsJson(record) });
  printLines(io, key);
  io.stderr.write(`${words} Keep the key: only its hash is stored.\n`);
}

function parseScopes(text: string): Scope[] {
  return list(text).map((name) => {
    const scope = SCOPES.find((known) => known === name);
    if (scope !== undefined) return scope;
    throw new InvalidArgumentError(`No scope is called «${name}»; there are ${SCOPES.join(', ')}.`);
  });
}
