import { SegueError } from '../core/errors.js';
import { readIfPresent } from '../core/files.js';

/** Where settings come from; `process.env` outside of tests. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A place that a secret NAME may be in, by what follows NAME in the variable that says so. */
export type SecretPlace = '' | '_FILE' | '_VAULT';

/**
 * The one place that is set; an empty variable is not.
 *
 * @throws SegueError SEGUE_USAGE for more than one
 */
export function placeOf(
  name: string,
  env: Environment,
  places: readonly SecretPlace[],
): SecretPlace | undefined {
  const set = places.filter((place) => (env[name + place] ?? '') !== '');
  if (set.length <= 1) return set[0];
  throw new SegueError('SEGUE_USAGE', {
    what: 'A secret is given in more than one place',
    value: set.map((place) => name + place).join(', '),
    limit: 'one of them',
    mend: 'Unset all but one of these variables.',
  });
}

/**
 * Reads a secret from this machine: the variable NAME itself, or the file that NAME_FILE names. Its value is in no error.
 *
 * @returns undefined where neither is set
 * @throws SegueError SEGUE_USAGE, SEGUE_SECRET_UNREADABLE
 */
export async function readNearSecret(name: string, env: Environment): Promise<string | undefined> {
  const place = placeOf(name, env, ['', '_FILE']);
  if (place === undefined) return undefined;
  const given = env[name + place] ?? '';
  return place === '' ? given : readSecretFile(name + place, given);
}

/** The text of a file without the line end that editors add. */
async function readSecretFile(variable: string, path: string): Promise<string> {
  const text = await readIfPresent(path).catch((cause: unknown) => {
    throw unreadable(
      variable,
      path,
      'the file cannot be read',
      'Let the user of this process read it.',
      cause,
    );
  });
  if (text === undefined)
    throw unreadable(variable, path, 'there is no such file', 'Mount or make the file, or mend its path.');
  const value = text.replace(/\r?\n$/, '');
  if (value === '') throw unreadable(variable, path, 'the file is empty', 'Put the secret into it.');
  return value;
}

function unreadable(variable: string, path: string, what: string, mend: string, cause?: unknown): SegueError {
  return new SegueError('SEGUE_SECRET_UNREADABLE', {
    what: `${variable}: ${what}`,
    value: path,
    mend,
    cause,
  });
}
