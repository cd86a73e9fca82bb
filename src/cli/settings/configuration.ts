import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SegueError } from '../../core/errors.js';
import { readIfPresent } from '../../core/files.js';
import type { Environment } from '../../secrets/near-secret.js';

/** Its name in the working folder. */
export const CONFIGURATION_FILE = 'segue.config.json';

/** What the configuration file says, and what is wrong with it. */
export interface Configuration {
  /** Its absolute path; undefined where none is read. */
  readonly file: string | undefined;
  /** By the names of settings. */
  readonly given: ReadonlyMap<string, Given>;
  readonly faults: readonly SegueError[];
}

/** A setting of the file, as the environment would have it. */
export interface Given {
  readonly variable: string;
  readonly text: string;
}

export const NO_CONFIGURATION: Configuration = { file: undefined, given: new Map(), faults: [] };

/**
 * Reads the file that `--config` names, or SEGUE_CONFIG, or else the one of the working folder if it is there.
 *
 * @param argv what follows the program's name
 * @returns with its faults, of which none is thrown
 */
export async function readConfiguration(argv: readonly string[], env: Environment): Promise<Configuration> {
  const named = namedBy(argv) || env['SEGUE_CONFIG'];
  if (named === 'none') return NO_CONFIGURATION;
  const file = resolve(named || CONFIGURATION_FILE);
  try {
    const text = await readIfPresent(file);
    if (text !== undefined) {
      const { judgeConfiguration } = await import('./judge.js'); // the whole table of settings: only where there is a file
      return { file, ...judgeConfiguration(text, file, env) };
    }
    if (!named) return NO_CONFIGURATION;
  } catch (cause) {
    return { ...NO_CONFIGURATION, file, faults: [unread(file, 'cannot be read', cause)] };
  }
  return { ...NO_CONFIGURATION, file, faults: [unread(file, 'is not there')] };
}

function namedBy(argv: readonly string[]): string | undefined {
  const options = { config: { type: 'string' } } as const;
  const { config } = parseArgs({ args: [...argv], options, strict: false }).values;
  return typeof config === 'string' ? config : undefined;
}

function unread(file: string, what: string, cause?: unknown): SegueError {
  return new SegueError('SEGUE_CONFIG_INVALID', {
    what: `The configuration file ${what}`,
    value: file,
    mend: 'Name another by --config or SEGUE_CONFIG, or none by --config none.',
    cause,
  });
}
