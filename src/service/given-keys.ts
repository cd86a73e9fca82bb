import { SegueError } from '../core/errors.js';
import { sha256 } from '../core/hash.js';
import { KEY_FORM, type KeyRecord, SCOPES, type Scope } from './keys.js';

/** Name of the secret that holds keys from outside the key file, such as for a container. */
export const GIVEN_KEYS = 'SEGUE_API_KEYS';

/**
 * Reads keys that are given from outside: `segue_<id>_<secret>:<scope>,<scope>`, several with blanks or line ends between. Only their
 * hashes are kept.
 *
 * @throws SegueError SEGUE_USAGE, which tells which one is wrong, not what it is
 */
export function parseGivenKeys(text: string, now: Date): readonly KeyRecord[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const records = words.map((word, i) => {
    const colon = word.indexOf(':');
    const [, id, secret] = KEY_FORM.exec(word.slice(0, colon)) ?? [];
    const named = word.slice(colon + 1).split(',');
    const scopes = SCOPES.filter((scope) => named.includes(scope));
    if (id === undefined || secret === undefined || scopes.length !== named.length) throw malformed(i + 1);
    return recordOf(id, secret, scopes, now);
  });
  const twice = records.findIndex(({ id }, i) => records.findIndex((other) => other.id === id) < i);
  if (twice >= 0) throw malformed(twice + 1);
  return records;
}

function recordOf(id: string, secret: string, scopes: readonly Scope[], now: Date): KeyRecord {
  return {
    id,
    label: GIVEN_KEYS,
    scopes,
    secret_hash: sha256(secret),
    earlier: [],
    limit: null,
    created_at: now.toISOString(),
    expires_at: null,
    revoked_at: null,
  };
}

function malformed(number: number): SegueError {
  return new SegueError('SEGUE_USAGE', {
    what: `Key ${number} of ${GIVEN_KEYS} is not a key with its scopes, or stands there twice`,
    limit: `segue_<id>_<secret>:<scopes>, of ${SCOPES.join(', ')}`,
    mend: 'Make one by «segue keys create --unstored --scopes predict» and give what it prints.',
  });
}
