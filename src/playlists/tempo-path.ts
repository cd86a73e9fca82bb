/** Least gain that counts, so that rounding can't make the search go round in circles. */
const LEAST_GAIN = 1e-9;

/** Rounds of improvement at most; two or three are usual. */
const MOST_ROUNDS = 20;

/** Stands for the track before the first one and after the last. */
const NONE = -1;

/**
 * Orders tracks so that tempo changes little from each to the next and no artist comes twice in a row. By tempo alone the sorted order is
 * best in every way: its steps add up to the range, and no other order has a smaller largest one. Where an artist would follow
 * itself, the next that may come is taken; then tracks are moved and stretches turned round as long as the path gets smoother.
 *
 * @param tempos in BPM; 70 and 140 are 70 apart
 * @param artists number of each track's artist; none may have more than half of the tracks, rounded up
 * @returns places of the tracks in their new order, from the slow end to the fast one
 */
export function orderByTempo(tempos: readonly number[], artists: readonly number[]): number[] {
  const sorted = tempos.map((_, i) => i).toSorted((a, b) => tempos[a]! - tempos[b]! || a - b);
  const rising = sweep(sorted, artists);
  const falling = sweep(sorted.toReversed(), artists).toReversed();
  const path = lengthOf(falling, tempos) < lengthOf(rising, tempos) ? falling : rising;
  if (lengthOf(path, tempos) > lengthOf(sorted, tempos) + LEAST_GAIN) improve(path, tempos, artists);
  return tempos[path[0]!]! <= tempos[path.at(-1)!]! ? path : path.toReversed();
}

/** The first of those left that may come next and leaves an order for the others, again and again. */
function sweep(sorted: readonly number[], artists: readonly number[]): number[] {
  const left = [...sorted];
  const counts = new Map<number, number>();
  for (const i of left) counts.set(artists[i]!, (counts.get(artists[i]!) ?? 0) + 1);
  const path: number[] = [];
  let last: number | undefined;
  while (left.length > 0) {
    const pressing = pressingArtist(counts, left.length);
    const at = left.findIndex(
      (i) => artists[i] !== last && (pressing === undefined || artists[i] === pressing),
    );
    if (at < 0) throw new RangeError('an artist has more than half of the tracks');
    const [next] = left.splice(at, 1) as [number];
    path.push(next);
    last = artists[next]!;
    counts.set(last, counts.get(last)! - 1);
  }
  return path;
}

/** The artist that must come now: it fills every other place of those left. */
function pressingArtist(counts: ReadonlyMap<number, number>, left: number): number | undefined {
  for (const [artist, count] of counts) if (2 * count > left) return artist;
  return undefined;
}

/**
 * Moves single tracks and turns stretches round (2-opt; Croes, 1958), whatever shortens the path, until nothing does. What lies on its way
 * between its neighbours can't gain by a move.
 */
function improve(path: number[], tempos: readonly number[], artists: readonly number[]): void {
  const step = (a: number, b: number): number =>
    a === NONE || b === NONE ? 0 : Math.abs(tempos[a]! - tempos[b]!);
  const clash = (a: number, b: number): boolean => a !== NONE && b !== NONE && artists[a] === artists[b];
  const track = (at: number): number => (at < 0 || at >= path.length ? NONE : path[at]!);

  /** Moves the track at i to where it shortens the path, if there is such a place. */
  const move = (i: number): boolean => {
    const before = track(i - 1);
    const moved = track(i);
    const after = track(i + 1);
    const saved = step(before, moved) + step(moved, after) - step(before, after);
    if (saved <= LEAST_GAIN || clash(before, after)) return false;
    for (let k = -1; k < path.length; k += 1) {
      const left = track(k);
      const right = track(k + 1);
      if (k === i || k === i - 1 || clash(left, moved) || clash(moved, right)) continue;
      if (saved - (step(left, moved) + step(moved, right) - step(left, right)) <= LEAST_GAIN) continue;
      path.splice(i, 1);
      path.splice(k < i ? k + 1 : k, 0, moved);
      return true;
    }
    return false;
  };
  /** Turns a stretch that begins at i round, if that shortens the path. */
  const turn = (i: number): boolean => {
    const before = track(i - 1);
    const first = track(i);
    for (let k = i + 1; k < path.length; k += 1) {
      const last = track(k);
      const after = track(k + 1);
      const saved = step(before, first) + step(last, after) - step(before, last) - step(first, after);
      if (saved <= LEAST_GAIN || clash(before, last) || clash(first, after)) continue;
      const turned = path.slice(i, k + 1).toReversed();
      path.splice(i, turned.length, ...turned);
      return true;
    }
    return false;
  };

  for (let round = 0, gained = true; gained && round < MOST_ROUNDS; round += 1) {
    gained = false;
    for (let i = 0; i < path.length; i += 1) if (move(i) || turn(i)) gained = true;
  }
}

function lengthOf(path: readonly number[], tempos: readonly number[]): number {
  let sum = 0;
  for (let at = 1; at < path.length; at += 1) sum += Math.abs(tempos[path[at]!]! - tempos[path[at - 1]!]!);
  return sum;
}
