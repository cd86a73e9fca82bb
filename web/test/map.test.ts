import { expect, it } from 'vitest';
import { cornersOf, frameIn, movedFrame, sizedFrame } from '../src/map/frame.ts';
import { inPlayingOrder } from '../src/map/playing-order.ts';
import { countBySegment, spreadOver } from '../src/map/rows.ts';

it('counts sorted rows by the segment that they lie in', () => {
  expect(countBySegment([0, 4, 5, 6, 11], [0, 5, 5, 12])).toEqual([2, 0, 3]);
  expect(countBySegment([], [0, 5, 12])).toEqual([0, 0]);
});

it('takes an even sample of what is too much', () => {
  const all = Array.from({ length: 10 }, (_, i) => i);
  expect(spreadOver(all, 10)).toEqual(all);
  expect(spreadOver(all, 4)).toEqual([0, 2, 5, 7]);
});

it('moves and sizes a frame that is always a rectangle', () => {
  const frame = frameIn({ x: 0.5, y: 0.4, zoom: 2 });
  expect(frame).toEqual({ x: 0.5, y: 0.4, halfWidth: 0.0625, halfHeight: 0.0625 });
  expect(movedFrame(frame, [0, 1], 0.1)).toEqual({ ...frame, y: 0.5 });
  expect(sizedFrame(frame, [-1, 0], 0.5).halfWidth).toBe(0.002);
  expect(sizedFrame(frame, [0, 1], 5).halfHeight).toBe(1);
  expect(cornersOf({ x: 0.5, y: 0.5, halfWidth: 0.25, halfHeight: 0.125 })).toEqual([
    [0.25, 0.375],
    [0.75, 0.375],
    [0.75, 0.625],
    [0.25, 0.625],
  ]);
});

function track(artist_name: string | null, tempo: number) {
  return { artist_name, features: { tempo } } as Parameters<typeof inPlayingOrder>[0][number];
}

function artists(tracks: readonly ReturnType<typeof track>[]): readonly (string | null)[] {
  return inPlayingOrder(tracks).map(({ artist_name }) => artist_name);
}

it('keeps an artist’s tracks apart, and leaves out those that no order could', () => {
  expect(artists([track('A', 100), track('A', 101), track('B', 102)])).toEqual(['A', 'B', 'A']);
  expect(artists([track('A', 100), track('A', 101), track('A', 103), track('B', 102)])).toEqual([
    'A',
    'B',
    'A',
  ]);
  expect(artists([track(null, 100), track(null, 90)])).toEqual([null, null]);
  expect(artists([])).toEqual([]);
});
