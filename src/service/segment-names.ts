import type { Home } from '../core/home.js';
import type { Act } from '../models/change.js';
import { pinName, unpinName } from '../models/pin.js';
import type { Name } from '../models/pins.js';

/** Changes what people call segments; the answers have it when these end. */
export interface SegmentNames {
  /** @throws SegueError SEGUE_SEGMENT_NOT_FOUND, SEGUE_NO_PRODUCTION */
  pin(segmentId: string, name: Name, actor: string, reason?: string): Promise<void>;
  /**
   * @returns the name that it had
   * @throws SegueError SEGUE_SEGMENT_NOT_FOUND
   */
  unpin(segmentId: string, actor: string): Promise<Name>;
}

/** @param refresh brings the model that serves up to date */
export function segmentNames(home: Home, now: () => Date, refresh: () => Promise<void>): SegmentNames {
  const act = (actor: string, reason?: string): Act => ({
    run: null,
    actor,
    now,
    ...(reason === undefined ? {} : { reason }),
  });
  return {
    async pin(segmentId, name, actor, reason) {
      await pinName(home, segmentId, name, act(actor, reason));
      await refresh();
    },
    async unpin(segmentId, actor) {
      const { name } = await unpinName(home, segmentId, act(actor));
      await refresh();
      return name;
    },
  };
}
