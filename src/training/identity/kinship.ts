import type { Comparison, SegmentMatch } from './match.js';

/** Share of a segment's tracks that counts as most of it. */
const MOST = 0.5;

/** Least share of a segment that a part of it must hold. */
const PART = 0.1;

/** How segments come of earlier ones beyond the one that each continues; by their numbers. */
export interface Kinship {
  /** Earlier segments that none continues. */
  readonly retired: readonly number[];
  /** Several new segments that each consist mostly of tracks of one earlier segment, and hold a tenth of it or more. */
  readonly splits: readonly { readonly from: number; readonly into: readonly number[] }[];
  /** Several earlier segments that each are mostly in one new segment, and make a tenth of it or more. */
  readonly merges: readonly { readonly from: readonly number[]; readonly into: number }[];
}

/** Who comes of whom, by containment (MONIC: Spiliopoulou, Ntoutsi, Theodoridis and Schult, 2006). */
export function kinshipOf({ shared }: Pick<Comparison, 'shared'>, matches: readonly SegmentMatch[]): Kinship {
  const continued = new Set(matches.flatMap((match) => (match.event === 'born' ? [] : [match.from])));
  const earlier = shared.map((row) => row.reduce((sum, count) => sum + count, 0));
  const later = matches.map((_, c) => shared.reduce((sum, row) => sum + (row[c] ?? 0), 0));
  const splits = shared.flatMap((row, from) => {
    const into = numbers(row, (part, c) => mostly(part, later[c]!, earlier[from]!));
    return into.length > 1 ? [{ from, into }] : [];
  });
  const merges = matches.flatMap((_, into) => {
    const column = shared.map((row) => row[into]!);
    const from = numbers(column, (part, p) => mostly(part, earlier[p]!, later[into]!));
    return from.length > 1 ? [{ from, into }] : [];
  });
  return { retired: numbers(shared, (_, p) => !continued.has(p)), splits, merges };
}

/** Whether tracks are most of one segment, and more than a splinter of the other. */
function mostly(part: number, whole: number, other: number): boolean {
  return part > 0 && part >= MOST * whole && part >= PART * other;
}

function numbers<Item>(items: readonly Item[], fits: (item: Item, at: number) => boolean): number[] {
  return items.flatMap((item, at) => (fits(item, at) ? [at] : []));
}
