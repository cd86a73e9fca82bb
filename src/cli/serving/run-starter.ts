import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ERROR_CODES, type ErrorCode, SegueError } from '../../core/errors.js';
import type { Home } from '../../core/home.js';
import { findRecord, freshRunId } from '../../pipeline/run-record.js';
import type { StartRun } from '../../service/start-run.js';
import { homeArguments } from '../commands/common.js';

const PROGRAM = fileURLToPath(new URL('../../../bin/segue.js', import.meta.url));

/** How often the record of a run that begins is looked for, in milliseconds. */
const LOOK_MS = 50;

/**
 * Begins runs in processes of their own: `segue run` with these arguments. They outlive a server that stops.
 *
 * @param runArguments as `argumentsOf` gives them
 */
export function runStarter(home: Home, runArguments: readonly string[]): StartRun {
  return async (k) => {
    const run = await freshRunId(home, new Date());
    const asked = k === undefined ? [] : ['--k', String(k)];
    const argv = ['run', '--json', ...homeArguments(home), '--id', run, ...runArguments, ...asked];
    const child = spawn(process.execPath, [PROGRAM, ...argv], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, SEGUE_ACTOR: 'api' },
      detached: true,
    });
    child.unref();
    const said = text(child.stdout);
    const ended = once(child, 'exit').then(() => true);
    for (;;) {
      const record = await findRecord(home, run);
      if (record !== undefined) return record;
      if (await Promise.race([ended, pause(LOOK_MS, false)])) throw errorIn(await said);
    }
  };
}

/** The error that the program printed before a run began. */
function errorIn(said: string): SegueError {
  const { code, what } = parse(said);
  const known = code !== undefined && code in ERROR_CODES ? (code as ErrorCode) : 'SEGUE_INTERNAL';
  return new SegueError(known, { what: what ?? 'The run did not begin', mend: 'Look at the log.' });
}

function parse(said: string): { readonly code?: string; readonly what?: string } {
  try {
    const { error } = JSON.parse(said) as {
      readonly error?: { readonly code?: string; readonly what?: string };
    };
    return error ?? {};
  } catch {
    return {};
  }
}
