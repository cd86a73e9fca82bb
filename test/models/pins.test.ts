import { expect, it } from 'vitest';
import { type Pin, reviewOf } from '#segue/models/pins.js';
import type { Profile, SegmentProfile } from '#segue/training/profile.js';

const profile = (tempo: number, valence: number): Profile => ({
  catalogue: {
    rows: 10,
    features: [
      { feature: 'tempo', mean: 120, sd: 30 },
      { feature: 'valence', mean: 0.5, sd: 0.2 },
    ],
  },
  segments: [
    {
      features: [
        { feature: 'tempo', mean: tempo },
        { feature: 'valence', mean: valence },
      ],
    } as unknown as SegmentProfile,
  ],
});

const pin: Pin = {
  segment_id: 'seg_aaaaaaaaaa',
  name: { en: 'a', es: 'b' },
  means: { tempo: 110, valence: 0.5, gone: 3 },
  time: '2026-11-01T12:00:00.000Z',
  actor: 'ana',
};

it('a name asks for review beyond half a standard deviation of the catalogue, by the feature that moved most', () => {
  expect(reviewOf(pin, profile(110, 0.5), 0)).toBeUndefined();
  expect(reviewOf(pin, profile(125, 0.6), 0)).toBeUndefined();
  expect(reviewOf(pin, profile(126, 0.3), 0)).toEqual({
    feature: 'valence',
    sd: expect.closeTo(-1) as number,
  });
  expect(reviewOf(pin, profile(128, 0.5), 0)).toEqual({
    feature: 'tempo',
    sd: expect.closeTo(0.6) as number,
  });
});
