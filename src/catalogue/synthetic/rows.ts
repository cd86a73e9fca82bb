import { columnIndex } from './columns.js';
import { DIRT_KINDS, type DirtKind, type DirtRates } from './dirt.js';
import { drawsOf, SLOT } from './draws.js';
import { FITTED_MODEL } from './fitted.js';
import { type ModelColumn, TIME_SIGNATURES } from './model.js';
import { put, putArtist, putTitle } from './names.js';
import { endsInExponent, putInteger, putSignificant, putThousandths } from './numbers.js';
import { type Track, tracksOf } from './track.js';
import { trackIds } from './track-ids.js';

/** No row is longer; a test holds the longest names against it. */
export const MAX_ROW_BYTES = 512;

export type InjectedDirt = Record<DirtKind, number>;

/** Writes rows of one catalogue and counts the dirt in them. */
export interface RowWriter {
  readonly header: Uint8Array;
  readonly injected: Readonly<InjectedDirt>;
  /** Writes a row at an offset, with its line break, and returns the offset behind it. */
  putRow(bytes: Uint8Array, at: number, row: number): number;
}

/** Writes one cell and returns the offset behind it. */
type PutCell = (bytes: Uint8Array, at: number, track: Readonly<Track>) => number;

interface Cell {
  readonly name: string;
  readonly put: PutCell;
  /** Whether it may hold a number with an exponent. */
  readonly exponent?: true;
}

const COMMA = 0x2c;
const NEW_LINE = 0x0a;
const TIME_SIGNATURE = columnIndex('time_signature');

export function rowsOf(seed: number, rates: DirtRates): RowWriter {
  const draws = drawsOf(seed);
  const drawTrack = tracksOf(FITTED_MODEL, rates, draws);
  const putTrackId = trackIds(seed, draws);
  const cells: readonly Cell[] = [
    { name: '', put: (bytes, at, track) => putInteger(bytes, at, track.row) },
    { name: 'artist_name', put: (bytes, at, track) => putArtist(bytes, at, track.artist, draws) },
    { name: 'track_name', put: (bytes, at, track) => putTitle(bytes, at, track.row, track.title, draws) },
    { name: 'track_id', put: (bytes, at, track) => putTrackId(bytes, at, track.idOf) },
    whole('popularity'),
    whole('year'),
    { name: 'genre', put: (bytes, at, track) => put(bytes, at, track.genre) },
    share('danceability'),
    share('energy'),
    { name: 'key', put: (bytes, at, track) => putInteger(bytes, at, track.key) },
    thousandths('loudness'),
    { name: 'mode', put: (bytes, at, track) => putInteger(bytes, at, track.mode) },
    share('speechiness'),
    share('acousticness'),
    share('instrumentalness'),
    share('liveness'),
    share('valence'),
    thousandths('tempo'),
    whole('duration_ms'),
    { name: 'time_signature', put: putTimeSignature },
  ];
  const title = cells.findIndex(({ name }) => name === 'track_name');
  const injected = Object.fromEntries(DIRT_KINDS.map(({ kind }) => [kind, 0])) as InjectedDirt;

  return {
    header: new TextEncoder().encode(`${cells.map(({ name }) => name).join(',')}\n`),
    injected,
    putRow(bytes, start, row) {
      const track = drawTrack(row);
      const blank = track.fault === 'null' ? 1 + draws.below(SLOT.blankCell, row, cells.length - 1) : -1;
      let exponent = false;
      let at = start;
      for (let i = 0; i < cells.length; i += 1) {
        const cell = cells[i]!;
        if (i > 0) bytes[at++] = COMMA;
        if (i === blank) continue;
        at = cell.put(bytes, at, track);
        if (cell.exponent && endsInExponent(bytes, at)) exponent = true;
      }
      bytes[at++] = NEW_LINE;

      if (track.fault !== undefined) injected[track.fault] += 1;
      if (exponent) injected.scientific += 1;
      if (blank !== title) countQuirks(track, injected);
      return at;
    },
  };
}

function countQuirks({ title }: Readonly<Track>, injected: InjectedDirt): void {
  if (title.comma) injected.comma += 1;
  if (title.quote) injected.quote += 1;
  if (title.lineBreak) injected.line_break += 1;
  if (title.nonAscii) injected.non_ascii += 1;
}

function putTimeSignature(bytes: Uint8Array, at: number, track: Readonly<Track>): number {
  return putInteger(bytes, at, TIME_SIGNATURES[Math.floor(track.values[TIME_SIGNATURE]!)]!);
}

function whole(name: ModelColumn): Cell {
  const index = columnIndex(name);
  return { name, put: (bytes, at, track) => putInteger(bytes, at, Math.floor(track.values[index]!)) };
}

function thousandths(name: ModelColumn): Cell {
  const index = columnIndex(name);
  return { name, put: (bytes, at, track) => putThousandths(bytes, at, track.values[index]!) };
}

function share(name: ModelColumn): Cell {
  const index = columnIndex(name);
  return {
    name,
    put: (bytes, at, track) => putSignificant(bytes, at, track.values[index]!, track.scientific),
    exponent: true,
  };
}
