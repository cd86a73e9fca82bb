import type { MapView, PointCloud } from './draw.ts';

/** Draws a picture over as many frames as it takes, so that none is long. */
export interface Pace {
  /** Begins a picture. @returns ends it, for the next one */
  run(cloud: PointCloud, view: MapView): () => void;
}

/** Points of the first frame, and the least and the most of any. */
const [FIRST, LEAST, MOST] = [60_000, 5_000, 400_000];

/** A frame that takes longer, in milliseconds, had too many points; one that takes less than half of it could have more. */
const LONG_MS = 30;

/** Learns from each frame how many points the machine draws in time. */
export function steadyPace(): Pace {
  let budget = FIRST;
  const learn = (tookMs: number): void => {
    if (tookMs > LONG_MS) budget = Math.max(LEAST, Math.round(budget * 0.6));
    else if (tookMs < LONG_MS / 2) budget = Math.min(MOST, Math.round(budget * 1.3));
  };
  return {
    run(cloud, view) {
      let drawn = 0;
      let before: number | undefined;
      const frame = (now: number): void => {
        if (before !== undefined) learn(now - before);
        before = now;
        const count = Math.min(budget, cloud.rows - drawn);
        if (drawn === 0) cloud.begin(view, count);
        else cloud.add(drawn, count);
        drawn += count;
        if (drawn < cloud.rows) next = requestAnimationFrame(frame);
      };
      let next = requestAnimationFrame(frame);
      return () => cancelAnimationFrame(next);
    },
  };
}
