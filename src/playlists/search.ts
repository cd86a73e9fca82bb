import { FIT, isShort, scan } from './scan.js';
import { searchFold } from './search-text.js';
import { type Track, type TrackIndex, trackAt } from './track-index.js';

export interface SearchRequest {
  /** Words of a track's name, of its artist's, or of both. */
  readonly text: string;
  /** Tracks to tell at most. */
  readonly limit: number;
}

export interface FoundTrack extends Track {
  /** As the map has it. */
  readonly row: number;
}

export interface Found {
  /** Tracks that fit. */
  readonly found: number;
  /** Those that fit best: whole names, then beginnings, then beginnings of words; the best-known first. */
  readonly tracks: readonly FoundTrack[];
}

/**
 * Finds tracks by words of their name and artist, whatever their case and accents. Each word must be in one of both. The longest word is
 * looked for in all names, the others in what it leaves; those of one or two letters at beginnings only (`isShort`).
 */
export function searchTracks(index: TrackIndex, { text, limit }: SearchRequest): Found {
  const phrase = searchFold(text);
  if (phrase === '') return { found: 0, tracks: [] };
  const words = phrase.split(' ').toSorted((a, b) => b.length - a.length);
  const fits = fitsOf(index, words[0]!);
  const wanted = { phrase: asBytes(phrase), words: words.map(asBytes) };
  const best = bestRows(index, limit);
  let found = 0;
  for (let row = 0; row < index.rows; row += 1) {
    let fit = fits(row);
    if (fit !== FIT.none && words.length > 1) fit = fitOfWords(index, row, wanted);
    if (fit === FIT.none) continue;
    found += 1;
    best.offer(row, fit);
  }
  return { found, tracks: best.rows().map((row) => ({ row, ...trackAt(index, row) })) };
}

/** How well the name or the artist of each row fits a word. */
function fitsOf({ rows, sections, searchNames, searchArtists }: TrackIndex, word: string) {
  const names = new Uint8Array(rows + 1).fill(FIT.none);
  const artists = new Uint8Array(searchArtists.ends.length).fill(FIT.none);
  scan(searchNames, word, names);
  scan(searchArtists, word, artists);
  return (row: number): number => Math.min(names[row]!, artists[sections.artists[row]!]!);
}

function fitOfWords(
  { sections, searchNames, searchArtists }: TrackIndex,
  row: number,
  { phrase, words }: { readonly phrase: string; readonly words: readonly string[] },
): number {
  const name = foldedAt(searchNames, row);
  const artist = foldedAt(searchArtists, sections.artists[row]!);
  const both = ` ${name} ${artist}`;
  if (!words.every((word) => both.includes(isShort(word) ? ` ${word}` : word))) return FIT.none;
  if (name === phrase || artist === phrase) return FIT.whole;
  if (name.startsWith(phrase) || artist.startsWith(phrase)) return FIT.begins;
  return words.every((word) => both.includes(` ${word}`)) ? FIT.word : FIT.inside;
}

function foldedAt({ ends, bytes }: TrackIndex['searchNames'], i: number): string {
  return bytes.toString('latin1', ends[i]! + 1, ends[i + 1]);
}

/** A text whose letters are the bytes of its UTF-8: made faster than the text itself, and compared alike. */
function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Keeps the best rows of all that are offered. */
function bestRows({ sections: { popularity } }: TrackIndex, limit: number) {
  const kept: { readonly row: number; readonly fit: number; readonly known: number }[] = [];
  return {
    offer(row: number, fit: number): void {
      const known = Number.isNaN(popularity[row]!) ? -1 : popularity[row]!;
      const last = kept.at(-1);
      if (
        kept.length === limit &&
        last !== undefined &&
        !(fit < last.fit || (fit === last.fit && known > last.known))
      )
        return;
      const at = kept.findIndex((other) => fit < other.fit || (fit === other.fit && known > other.known));
      kept.splice(at < 0 ? kept.length : at, 0, { row, fit, known });
      if (kept.length > limit) kept.pop();
    },
    rows: (): readonly number[] => kept.map(({ row }) => row),
  };
}
