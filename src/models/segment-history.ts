import type { LedgerEntry } from './ledger.js';

/** One thing that happened to a segment. */
export interface SegmentEvent {
  readonly time: string;
  readonly version: string;
  /** For people: `born`, `continued: 97.3 % of its tracks and of its earlier ones are in both`, `named «…» by ana`. */
  readonly what: string;
}

/** All that the ledger tells of a permanent segment, the oldest first. Versions that were never promoted are part of it. */
export function segmentHistory(entries: readonly LedgerEntry[], segmentId: string): readonly SegmentEvent[] {
  return entries.flatMap((entry) =>
    tellings(entry, segmentId).map((what) => ({ time: entry.time, version: entry.version, what })),
  );
}

function tellings({ event, succession, pin, actor }: LedgerEntry, id: string): string[] {
  if (pin?.segment_id === id)
    return [event === 'name_pinned' ? `named «${pin.name?.en}» by ${actor}` : `name taken back by ${actor}`];
  if (succession === undefined) return [];
  const { born, retired, continued, split, merged } = succession;
  return [
    ...(born.includes(id) ? ['born'] : []),
    ...continued
      .filter(({ segment_id }) => segment_id === id)
      .map(
        ({ event: how, jaccard, moved }) =>
          `${how}: ${percent(jaccard)} shared, centre moved by ${moved.toFixed(3)} sd`,
      ),
    ...split
      .filter(({ from, into }) => from === id || into.includes(id))
      .map(({ from, into }) => `split: ${from} into ${into.join(', ')}`),
    ...merged
      .filter(({ from, into }) => into === id || from.includes(id))
      .map(({ from, into }) => `merged: ${from.join(', ')} into ${into}`),
    ...(retired.includes(id) ? ['retired'] : []),
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
