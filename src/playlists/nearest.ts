import { MinHeap } from './min-heap.js';
import { standardScore } from './standard-score.js';
import type { TrackIndex } from './track-index.js';

/** What tracks should be like. */
export interface Aim {
  /** In standard deviations, one per feature of the contract. */
  readonly z: Float64Array;
  /** Features that count, by their place in the contract. */
  readonly counted: readonly number[];
}

/** Which tracks come into question. What is left out bars nothing. */
export interface Filter {
  readonly segment?: number | undefined;
  readonly minPopularity?: number | undefined;
  /** By their place in `genreNames`. */
  readonly genres?: ReadonlySet<number> | undefined;
  /** Songs that must not come. */
  readonly songs?: ReadonlySet<number> | undefined;
}

export interface Near {
  readonly row: number;
  /** Euclidean over the features that count, in standard deviations. */
  readonly distance: number;
  /** Its square, of which it is the root. */
  readonly square: number;
}

const LAST_ROW = 0xffffffff;

/** How many times as many tracks are gathered when those gathered so far weren't enough. */
const GROWTH = 4;

/**
 * Gives the tracks that pass the filter, the nearest first and of equally near ones the lower row, each when it is asked for. They are
 * gathered in batches, each the nearest that come after the batch before.
 *
 * @param expected how many the caller is likely to take
 */
export function* nearestTracks(
  index: TrackIndex,
  aim: Aim,
  filter: Filter,
  expected: number,
): Generator<Near, void, undefined> {
  let last: Near | undefined;
  for (let most = expected; ; most *= GROWTH) {
    const batch = nearestAfter(index, aim, filter, most, last);
    yield* batch;
    if (batch.length < most) return;
    last = batch.at(-1)!;
  }
}

/**
 * The nearest tracks after a given one, at most `most` of them. Blocks are looked into by the distance of their boxes, until none left can
 * hold a track that is nearer than the farthest gathered. A box's distance is computed by the very operations of a track's, each
 * of which rounds monotonically: so it is never above that of a track in it, and the result is exact.
 */
function nearestAfter(
  index: TrackIndex,
  aim: Aim,
  filter: Filter,
  most: number,
  last: Near | undefined,
): Near[] {
  const { blockRows, segmentBlocks } = index.sections;
  const { segment } = filter;
  const from = segment === undefined ? 0 : segmentBlocks[segment]!;
  const to = segment === undefined ? blockRows.length - 1 : segmentBlocks[segment + 1]!;
  const blocks = new MinHeap(to - from);
  for (let block = from; block < to; block += 1) blocks.push(squareToBox(index, aim, block), block);
  const gathered = new Gathered(most, last);
  while (blocks.size > 0 && gathered.takes(blocks.least, blockRows[blocks.first]!)) {
    lookInto(index, aim, filter, blocks.pop(), gathered);
  }
  return gathered.sorted();
}

/** The nearest so far, in a heap with the farthest on top: keys and rows are turned round to have it so. */
class Gathered {
  #limit = Infinity;
  #limitRow = LAST_ROW;
  readonly #heap: MinHeap;
  readonly #most: number;
  readonly #last: Pick<Near, 'row' | 'square'>;

  constructor(most: number, last: Near | undefined) {
    this.#heap = new MinHeap(most + 1);
    this.#most = most;
    this.#last = last ?? { row: -1, square: -1 };
  }

  /** Whether a track so near, with that row or a later one, could come in. */
  takes(square: number, row: number): boolean {
    return square < this.#limit || (square === this.#limit && row < this.#limitRow);
  }

  add(square: number, row: number): void {
    const { square: passed, row: passedRow } = this.#last;
    if (!this.takes(square, row) || square < passed || (square === passed && row <= passedRow)) return;
    this.#heap.push(-square, LAST_ROW - row);
    if (this.#heap.size > this.#most) this.#heap.pop();
    if (this.#heap.size < this.#most) return;
    this.#limit = -this.#heap.least;
    this.#limitRow = LAST_ROW - this.#heap.first;
  }

  sorted(): Near[] {
    const result: Near[] = [];
    while (this.#heap.size > 0) {
      const square = -this.#heap.least;
      result.push({ row: LAST_ROW - this.#heap.pop(), distance: Math.sqrt(square), square });
    }
    return result.toReversed();
  }
}

function squareToBox({ sections: { boxes }, head }: TrackIndex, { z, counted }: Aim, block: number): number {
  const d = head.features.length;
  const at = 2 * d * block;
  let square = 0;
  for (const j of counted) {
    const wanted = z[j]!;
    const low = boxes[at + j]!;
    const high = boxes[at + d + j]!;
    const difference = wanted < low ? low - wanted : wanted > high ? high - wanted : 0;
    square += difference * difference;
  }
  return square;
}

function lookInto(index: TrackIndex, aim: Aim, filter: Filter, block: number, gathered: Gathered): void {
  const { blockRows, popularity, genres, songs, features } = index.sections;
  const { mean, sd } = index;
  const { z, counted } = aim;
  const { minPopularity, genres: wantedGenres, songs: barred } = filter;
  const d = mean.length;
  const end = blockRows[block + 1]!;
  for (let row = blockRows[block]!; row < end; row += 1) {
    if (minPopularity !== undefined && !(popularity[row]! >= minPopularity)) continue; // nor if it is unknown
    if (wantedGenres !== undefined && !wantedGenres.has(genres[row]!)) continue;
    if (barred !== undefined && barred.has(songs[row]!)) continue;
    let square = 0;
    for (let i = 0; i < counted.length; i += 1) {
      const j = counted[i]!;
      const difference = standardScore(features[row * d + j]!, mean[j]!, sd[j]!) - z[j]!;
      square += difference * difference;
    }
    gathered.add(square, row);
  }
}
