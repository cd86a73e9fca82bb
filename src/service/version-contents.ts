import { stat } from 'node:fs/promises';
import type { Home } from '../core/home.js';
import { loadVersion } from '../models/files.js';
import type { Model, Segment } from '../models/format.js';
import { colourOf } from '../training/identity/colours.js';
import type { Churn, ModelMetrics, SplitMetrics } from '../training/metrics.js';

/** What a list tells of a version's files. */
export interface VersionContent {
  /** Number of segments. */
  readonly k: number;
  readonly train: SplitMetrics;
  readonly test: SplitMetrics;
  readonly parent: string | null;
  /** Against the parent; null without one. */
  readonly churn: Churn | null;
  readonly segments: readonly SegmentContent[];
}

/** By `cluster_id`. */
export type SegmentContent = Pick<Segment, 'segment_id' | 'name' | 'rows' | 'share'> & {
  readonly colour: number;
};

/**
 * Reads and checks a version's files, and remembers what the list needs as long as size, times and identity of the files stay: a list
 * that is asked for again costs a few `stat` calls per version.
 *
 * @returns a function that throws SegueError SEGUE_MODEL_NOT_FOUND, SEGUE_MODEL_CORRUPT
 */
export function versionContents(home: Home): (version: string) => Promise<VersionContent> {
  const known = new Map<string, { readonly stamp: string; readonly content: VersionContent }>();
  return async (version) => {
    const stamp = await stampOf(home, version);
    const before = known.get(version);
    if (before !== undefined && before.stamp === stamp) return before.content;
    known.delete(version);
    const { model, metrics } = await loadVersion(home, version);
    const content = contentOf(model, metrics as ModelMetrics);
    if (stamp !== undefined) known.set(version, { stamp, content });
    return content;
  };
}

function contentOf(model: Model, { train, test, churn }: ModelMetrics): VersionContent {
  const segments = model.segments.map((segment) => {
    const { segment_id, name, rows, share } = segment;
    return { segment_id, name, rows, share, colour: colourOf(segment) };
  });
  return { k: model.training.k, train, test, parent: model.parent, churn, segments };
}

/** Changes when a file of the version does; undefined where one can't be seen. */
async function stampOf(home: Home, version: string): Promise<string | undefined> {
  const { model, metrics, profile, checksums } = home.model(version);
  try {
    const seen = await Promise.all([model, metrics, profile, checksums].map((path) => stat(path)));
    return seen.map(({ ino, size, mtimeMs, ctimeMs }) => [ino, size, mtimeMs, ctimeMs].join()).join(';');
  } catch {
    return undefined; // loading says what is wrong with the files
  }
}
