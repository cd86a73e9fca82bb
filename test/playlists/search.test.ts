import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isShort } from '#segue/playlists/scan.js';
import { searchTracks } from '#segue/playlists/search.js';
import { searchFold } from '#segue/playlists/search-text.js';
import { type CatalogueTrack, indexOf } from './index-of.js';
import { randomTracks, spotifyModel } from './tracks.js';

const VALUES = [0.1, 0.1, 0.5, 0.5, 120];

/** A catalogue of names: artist, track, popularity. */
function named(
  ...names: readonly (readonly [string | null, string | null, number | null])[]
): CatalogueTrack[] {
  return names.map(([artist, name, popularity], i) => ({
    id: `id-${i}`,
    artist,
    name,
    genre: 'pop',
    popularity,
    values: VALUES,
  }));
}

const NAMES = named(
  ['Beyoncé', 'Halo', 90],
  ['BEYONCE ', 'Déjà Vu', 50],
  ['Radiohead', 'Creep', 80],
  ['Radiohead', 'No Surprises', 70],
  ['Halo Circus', 'Nothing', 10],
  ['Someone', 'Shalom', 99],
  ['A', 'My Halo', null],
  ['中島みゆき', '愛', 5],
  [null, null, 3],
);
const index = await indexOf(NAMES, spotifyModel(2));

function found(text: string, limit = 10): readonly (string | null)[] {
  return searchTracks(index, { text, limit }).tracks.map(({ track_name }) => track_name);
}

describe('a search for tracks', () => {
  it('takes no notice of case, accents and blanks', () => {
    for (const text of ['beyonce', ' BEYONCÉ', 'Beyonce\u0301 '])
      expect(found(text)).toEqual(['Halo', 'Déjà Vu']);
    expect(found('deja  vu')).toEqual(['Déjà Vu']);
    expect(found('愛')).toEqual(['愛']);
  });

  it('gives whole names first, then beginnings, then beginnings of words, then the rest; the best-known first', () => {
    expect(found('halo')).toEqual(['Halo', 'Nothing', 'My Halo', 'Shalom']);
    expect(found('alo')).toEqual(['Shalom', 'Halo', 'Nothing', 'My Halo']);
    expect(found('ha')).toEqual(['Halo', 'Nothing', 'My Halo']);
    expect(found('radio')).toEqual(['Creep', 'No Surprises']);
  });

  it('looks for each word in the name or the artist', () => {
    expect(found('creep radiohead')).toEqual(['Creep']);
    expect(found('radiohead no')).toEqual(['No Surprises']);
    expect(found('radiohead halo')).toEqual([]);
  });

  it('counts all and tells the best; rows are those of the map', () => {
    const { found: all, tracks } = searchTracks(index, { text: 'halo', limit: 1 });
    expect([all, tracks.length]).toEqual([4, 1]);
    expect(searchTracks(index, { text: 'a', limit: 10 }).tracks[0]).toMatchObject({ artist_name: 'A' });
    expect(searchTracks(index, { text: '\u0301 ', limit: 5 })).toEqual({ found: 0, tracks: [] });
  });

  it('finds what a plain look at every track finds', async () => {
    const tracks = randomTracks({ tracks: 400, artists: 60, seed: 9 });
    const many = await indexOf(tracks, spotifyModel(3));
    const plain = (text: string): number => {
      const words = searchFold(text).split(' ');
      return tracks.filter(({ artist, name }) => {
        const both = [artist, name].map((part) => searchFold(part ?? ''));
        return words.every((word) =>
          both.some((part) => (isShort(word) ? ` ${part}`.includes(` ${word}`) : part.includes(word))),
        );
      }).length;
    };
    const word = fc
      .stringMatching(/^(?:artist|song|so|ar|tist|\d{1,2}|st 1|ng 2\d)$/)
      .filter((text) => text.length > 1);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), (words) => {
        const text = words.join(' ');
        const result = searchTracks(many, { text, limit: 7 });
        expect(result.found).toBe(plain(text));
        expect(result.tracks).toHaveLength(Math.min(7, result.found));
      }),
      { seed: 20261125, numRuns: 200 },
    );
  });
});
