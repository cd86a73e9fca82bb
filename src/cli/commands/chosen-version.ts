import { SegueError } from '../../core/errors.js';
import type { Home } from '../../core/home.js';
import { productionVersion } from '../../models/registry.js';

/** The version that was asked for, or the one in production. */
export async function chosenVersion(home: Home, asked: string | undefined): Promise<string> {
  const version = asked ?? (await productionVersion(home));
  if (version !== null) return version;
  throw new SegueError('SEGUE_NO_PRODUCTION', {
    what: 'No model is in production in this home',
    value: home.root,
    mend: 'Train one by «segue run --source <file>», or name another home by --home.',
  });
}
