import type { Home } from '../core/home.js';
import { channelsOf } from '../notices/settings.js';
import { type Teller, tellerOf } from '../notices/tell.js';
import type { Io } from './output.js';

/**
 * Tells people by the channels of the environment.
 *
 * @throws SegueError SEGUE_USAGE for a channel that is set up wrongly: before the work begins, not when it has failed
 */
export async function tellerFor(home: Home, io: Io): Promise<Teller> {
  const onLeft = (count: number): void =>
    void io.stderr.write(
      `warning: ${count} notices could not be delivered yet; «segue notices list» says why\n`,
    );
  return tellerOf(home, await channelsOf(process.env), () => new Date(), onLeft);
}
