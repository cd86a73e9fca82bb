import type { FastifyBaseLogger } from 'fastify';
import type { Home } from '../../core/home.js';
import { type Notice, notServedNotice, servedNotice } from '../../notices/notice.js';
import { channelsOf } from '../../notices/settings.js';
import { tellerOf } from '../../notices/tell.js';
import type { ProductionEvents } from '../../service/production.js';

const now = (): Date => new Date();

/**
 * Tells people when the version in production can't be served, and when it can again. Of several processes that see it, one tells.
 *
 * @throws SegueError SEGUE_USAGE for a channel that is set up wrongly
 */
export async function tellRefusals(
  home: Home,
  logger: FastifyBaseLogger,
): Promise<ProductionEvents['onRefused']> {
  const teller = tellerOf(home, await channelsOf(process.env), now);
  let trouble: Notice | undefined;
  const tell = (notice: Notice): void => {
    teller.tell(notice).catch((err: unknown) => logger.error({ err }, 'a notice cannot be put down'));
  };
  return (refusal, live) => {
    if (refusal !== undefined) {
      trouble = notServedNotice(refusal.version, refusal.error, live?.version ?? null, now());
      tell(trouble);
    } else if (trouble !== undefined && live !== undefined) {
      tell(servedNotice(trouble, live.version, now()));
      trouble = undefined;
    }
  };
}
