import { columnIndex, columnsOf } from './columns.js';
import type { DirtRates, Fault } from './dirt.js';
import { type Draws, SLOT } from './draws.js';
import { faultsOf } from './faults.js';
import { type CatalogueModel, MODEL_COLUMNS } from './model.js';
import type { TitleQuirks } from './names.js';

/** What a row of the catalogue says, before it is written. */
export interface Track {
  row: number;
  fault: Fault | undefined;
  /** The row whose track id it bears: its own, but for a repeated id. */
  idOf: number;
  artist: number;
  genre: Uint8Array;
  key: number;
  mode: number;
  /** One for each of MODEL_COLUMNS. */
  readonly values: Float64Array;
  readonly title: TitleQuirks;
  scientific: boolean;
}

/** Draws the track of a row. The object is the same each time, so that ten million rows leave nothing to collect. */
export type DrawTrack = (row: number) => Readonly<Track>;

const ARTISTS_PER_GENRE = 800; // of 82 genres: about as many as in Kaggle's file, 64,159
const TEMPO = columnIndex('tempo');
const ZERO_WITH_TEMPO = (['tempo', 'danceability', 'speechiness', 'valence', 'time_signature'] as const).map(
  columnIndex,
);

export function tracksOf(model: CatalogueModel, rates: DirtRates, draws: Draws): DrawTrack {
  const drawColumns = columnsOf(model, draws);
  const faults = faultsOf(rates, draws);
  const genres = model.groups.flatMap((group, index) =>
    group.genres.map(({ name, parts }) => ({ name: new TextEncoder().encode(name), group: index, parts })),
  );
  const genreByPart = byPart(genres.map(({ parts }) => parts));
  const keyByPart = byPart(model.keys);
  const meets = (rate: number, slot: number, row: number): boolean => draws.uniform(slot, row) < rate;

  const track: Track = {
    row: 0,
    fault: undefined,
    idOf: 0,
    artist: 0,
    genre: new Uint8Array(),
    key: 0,
    mode: 0,
    values: new Float64Array(MODEL_COLUMNS.length),
    title: { comma: false, quote: false, lineBreak: false, nonAscii: false },
    scientific: false,
  };

  return (row) => {
    track.row = row;
    track.fault = faults.of(row);
    track.idOf = track.fault === 'repeated_id' ? faults.originalOf(row) : row;

    const genre = genreByPart[draws.below(SLOT.genre, row, genreByPart.length)]!;
    const fame = draws.uniform(SLOT.artist, row) ** 2; // a few artists have many tracks, most have one or two
    track.artist = genre * ARTISTS_PER_GENRE + Math.floor(ARTISTS_PER_GENRE * fame);
    track.genre = genres[genre]!.name;
    track.key = keyByPart[draws.below(SLOT.key, row, keyByPart.length)]!;
    track.mode = Number(meets(model.majorShare[track.key]!, SLOT.mode, row));
    drawColumns(row, genres[genre]!.group, track.values);
    if (track.fault === 'tempo_zero') for (const column of ZERO_WITH_TEMPO) track.values[column] = 0;
    if (track.fault === 'tempo_300') track.values[TEMPO] = 300;

    track.title.comma = meets(rates.comma, SLOT.comma, row);
    track.title.quote = meets(rates.quote, SLOT.quote, row);
    track.title.lineBreak = meets(rates.line_break, SLOT.lineBreak, row);
    track.title.nonAscii = meets(rates.non_ascii, SLOT.nonAscii, row);
    track.scientific = meets(rates.scientific, SLOT.scientific, row);
    return track;
  };
}

/** Each index as often as its parts say, for a draw in one step. */
function byPart(parts: readonly number[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((count, index) => Array.from({ length: count }, () => index)));
}
