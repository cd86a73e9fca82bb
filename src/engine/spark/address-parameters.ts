import { SegueError } from '../../core/errors.js';
import type { SparkAddress } from './address.js';

type Parameters = Pick<SparkAddress, 'token' | 'userId' | 'sessionId' | 'maxMessageBytes' | 'headers'> & {
  readonly useTls: boolean | undefined;
};

const KNOWN = ['token', 'use_ssl', 'user_id', 'session_id', 'grpc_max_message_size'] as const;
/** Spark's own default. */
const MAX_MESSAGE_BYTES = 128 * 2 ** 20;
/** Node's limit of a buffer on every platform that is supported. */
const LARGEST_MESSAGE_BYTES = 2 ** 31 - 1;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const HEADER = /^x-[a-z\d._-]+$/i;
/** What may stand in a header. */
const VISIBLE = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/;

/**
 * Reads the parameters of a connection string: `name=value`, parted by semicolons, values percent-encoded.
 *
 * @throws SegueError SEGUE_USAGE, which shows no value of `token` or of a header
 */
export function parametersOf(text: string): Parameters {
  const given = new Map<string, string>();
  const headers = new Map<string, string>();
  for (const part of text.split(';').filter((piece) => piece !== '')) {
    const [name, value] = nameAndValue(part);
    const target = HEADER.test(name) ? headers : given;
    const key = target === headers ? name.toLowerCase() : name;
    if (target === given && !KNOWN.some((known) => known === name)) throw unknown(name);
    if (target.has(key)) throw wrong(name, 'is given twice', undefined, 'Give it once.');
    target.set(key, target === headers || name === 'token' ? visible(name, value) : value);
  }
  return {
    useTls: truth(given.get('use_ssl')),
    token: given.get('token'),
    userId: given.get('user_id'),
    sessionId: uuid(given.get('session_id')),
    maxMessageBytes: size(given.get('grpc_max_message_size')),
    headers,
  };
}

function nameAndValue(part: string): [name: string, value: string] {
  const equals = part.indexOf('=');
  const name = equals < 0 ? '' : part.slice(0, equals);
  if (!/^[\w.-]+$/.test(name)) {
    throw new SegueError('SEGUE_USAGE', {
      what: 'A parameter of the Spark address has no name',
      value: '(not shown)',
      limit: 'name=value, parted by semicolons',
      mend: 'Write a semicolon or an equals sign within a value as %3B or %3D.',
    });
  }
  const encoded = part.slice(equals + 1);
  if (encoded === '') throw wrong(name, 'is empty', undefined, 'Give it a value, or leave it out.');
  try {
    return [name, decodeURIComponent(encoded)];
  } catch {
    throw wrong(name, 'is not percent-encoded', undefined, 'Write a percent sign as %25.');
  }
}

function visible(name: string, value: string): string {
  if (VISIBLE.test(value)) return value;
  throw wrong(name, 'holds what no header may hold', undefined, 'Use visible ASCII characters only.');
}

function truth(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  throw wrong('use_ssl', 'is neither true nor false', text, 'Give use_ssl=true or use_ssl=false.');
}

function uuid(text: string | undefined): string | undefined {
  if (text === undefined || UUID.test(text)) return text;
  throw wrong('session_id', 'is not a UUID', text, 'Leave it out: a session of our own is begun then.');
}

function size(text: string | undefined): number {
  if (text === undefined) return MAX_MESSAGE_BYTES;
  const bytes = Number(text);
  if (/^\d+$/.test(text) && bytes > 0 && bytes <= LARGEST_MESSAGE_BYTES) return bytes;
  throw wrong('grpc_max_message_size', `is not between 1 and ${LARGEST_MESSAGE_BYTES}`, text, 'Give bytes.');
}

function unknown(name: string): SegueError {
  return new SegueError('SEGUE_USAGE', {
    what: 'The Spark address has a parameter that is not known',
    value: name,
    limit: `${KNOWN.join(', ')}, and headers x-…`,
    mend: 'Mend the name, or leave the parameter out.',
  });
}

function wrong(name: string, fault: string, value: string | undefined, mend: string): SegueError {
  return new SegueError('SEGUE_USAGE', { what: `${name} of the Spark address ${fault}`, value, mend });
}
