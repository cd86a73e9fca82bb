import type { Profile } from '../training/profile.js';
import type { Segment } from './format.js';
import type { LedgerEntry } from './ledger.js';

/** Words for people, in both languages. */
export type Name = Segment['name'];

/** A name that a person gave to a segment. */
export interface Pin {
  readonly segment_id: string;
  readonly name: Name;
  /** What the segment was like then: means of the features over its training tracks, in their units. */
  readonly means: Readonly<Record<string, number>>;
  readonly time: string;
  readonly actor: string;
  readonly reason?: string | undefined;
}

/** How far a feature's mean moved since a name was pinned. */
export interface Shift {
  readonly feature: string;
  /** In standard deviations of the catalogue. */
  readonly sd: number;
}

/** Standard deviations beyond which a pinned name may not fit any more. */
export const REVIEW_SD = 0.5;

/** The names that are pinned, by the permanent id of the segment. */
export function pinsIn(entries: readonly LedgerEntry[]): ReadonlyMap<string, Pin> {
  const pins = new Map<string, Pin>();
  for (const { event, pin, time, actor, reason } of entries) {
    if (pin === undefined) continue;
    const { segment_id, name, means } = pin;
    if (event === 'name_unpinned' || name === undefined || means === undefined) pins.delete(segment_id);
    else pins.set(segment_id, { segment_id, name, means, time, actor, reason });
  }
  return pins;
}

/** What people call a segment: the name that was pinned, else the one that training proposed. */
export function nameOf(
  { segment_id, name }: Pick<Segment, 'segment_id' | 'name'>,
  pins: ReadonlyMap<string, Pin>,
): Name {
  return pins.get(segment_id)?.name ?? name;
}

/** A version as people see it: its segments by the names that were pinned. For showing only; a model's hash is of the file's. */
export function withPinnedNames<
  Version extends { readonly segments: readonly Pick<Segment, 'segment_id' | 'name'>[] },
>(version: Version, pins: ReadonlyMap<string, Pin>): Version {
  return {
    ...version,
    segments: version.segments.map((segment) => ({ ...segment, name: nameOf(segment, pins) })),
  };
}

/** Means of a segment's features, in their units. */
export function meansOf(profile: Profile, clusterId: number): Record<string, number> {
  const { features } = profile.segments[clusterId]!;
  return Object.fromEntries(features.map(({ feature, mean }) => [feature, mean]));
}

/** The feature that moved farthest since the name was pinned, where that is so far that a person should look at the name again. */
export function reviewOf(pin: Pin, profile: Profile, clusterId: number): Shift | undefined {
  const now = meansOf(profile, clusterId);
  const shifts = profile.catalogue.features.flatMap(({ feature, sd }) => {
    const [before, after] = [pin.means[feature], now[feature]];
    return before === undefined || after === undefined || sd === 0
      ? []
      : [{ feature, sd: (after - before) / sd }];
  });
  const [farthest] = shifts.toSorted((a, b) => Math.abs(b.sd) - Math.abs(a.sd));
  return farthest !== undefined && Math.abs(farthest.sd) > REVIEW_SD ? farthest : undefined;
}
