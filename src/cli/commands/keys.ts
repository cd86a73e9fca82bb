import { InvalidArgumentError } from 'commander';
import { createKey, listKeys, revokeKey } from '../../service/key-file.js';
import { type KeyRecord, SCOPES, type Scope, stateOf } from '../../service/keys.js';
import { printJson, printLines, printTable } from '../output.js';
import { list, number } from '../parse.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';

type Options = CommonOptions & { readonly json?: boolean };
type CreateOptions = Options & { readonly scopes: Scope[]; readonly label: string; readonly days?: number };

const DAY_MS = 86_400_000;

/** `segue keys create|list|revoke`. */
export const addKeys: AddCommand = (program, { io }) => {
  const keys = program.command('keys').description('API keys: who may call the service, and for what');

  withJson(withCommon(keys.command('create').description('make a key and print it, this once')))
    .option('--scopes <list>', `of ${SCOPES.join(', ')}`, parseScopes, ['predict'])
    .option('--label <text>', 'who it is for', '')
    .option('--days <number>', 'days until it expires; without it, never', number({ exclusiveMinimum: 0 }))
    .action(async (options: CreateOptions) => {
      const now = new Date();
      const expiresAt =
        options.days === undefined ? undefined : new Date(now.getTime() + options.days * DAY_MS);
      const { key, record } = await createKey(homeOf(options), { ...options, expiresAt }, now);
      if (options.json) return printJson(io, { key, ...withoutHash(record) });
      printLines(io, key);
      io.stderr.write(
        `Key ${record.id} for ${record.scopes.join(', ')}. Keep it: only its hash is stored.\n`,
      );
    });

  withJson(withCommon(keys.command('list').description('all keys, without their secrets'))).action(
    async (options: Options) => {
      const now = new Date();
      const records = await listKeys(homeOf(options));
      if (options.json)
        return printJson(
          io,
          records.map((record) => ({ ...withoutHash(record), state: stateOf(record, now) })),
        );
      if (records.length === 0)
        return printLines(io, 'No keys yet. Make one: segue keys create --scopes predict');
      printTable(
        io,
        ['id', 'state', 'scopes', 'created', 'expires', 'label'],
        records.map((record) => [
          record.id,
          stateOf(record, now),
          record.scopes.join(','),
          record.created_at,
          record.expires_at ?? 'never',
          record.label,
        ]),
      );
    },
  );

  withJson(withCommon(keys.command('revoke <id>').description('end a key at once'))).action(
    async (id: string, options: Options) => {
      const record = await revokeKey(homeOf(options), id, new Date());
      if (options.json) return printJson(io, withoutHash(record));
      printLines(io, `Key ${record.id} is revoked.`);
    },
  );
};

function withoutHash({
  id,
  label,
  scopes,
  created_at,
  expires_at,
  revoked_at,
}: KeyRecord): Omit<KeyRecord, 'secret_hash'> {
  return { id, label, scopes, created_at, expires_at, revoked_at };
}

function parseScopes(text: string): Scope[] {
  return list(text).map((name) => {
    const scope = SCOPES.find((known) => known === name);
    if (scope !== undefined) return scope;
    throw new InvalidArgumentError(`No scope is called «${name}»; there are ${SCOPES.join(', ')}.`);
  });
}
