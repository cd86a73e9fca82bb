import type { DatasetFiles } from '../core/home.js';
import type { Database } from '../engine/duckdb/database.js';
import { doubleLiteral, identifier, pathLiteral } from '../engine/sql.js';
import { foldName } from './fold-name.js';
import { hash32 } from './hash32.js';
import { MAX_ID, NO_YEAR } from './layout.js';
import { type Texts, textsWriter } from './texts.js';

/** Characters of a name that are kept. */
const MAX_NAME = 300;

const [FIRST_YEAR, LAST_YEAR] = [1, 9999] as const;

/** The tracks that an index takes, in the order of the dataset. */
export interface ReadTracks {
  readonly tracks: number;
  readonly catalogueTracks: number;
  readonly leftOut: number;
  /** One column per feature, in its unit. */
  readonly features: readonly Float64Array[];
  readonly popularity: Float64Array;
  readonly years: Uint32Array;
  readonly artists: Uint32Array;
  readonly artistKeys: Uint32Array;
  readonly songs: Uint32Array;
  readonly genres: Uint32Array;
  readonly ids: Texts;
  readonly names: Texts;
  readonly artistNames: Texts;
  readonly genreNames: Texts;
}

/**
 * Streams both sides of a dataset, at most `limit` tracks of them. Of a larger one those stay whose md5 of the id is least: the same
 * ones at every retrain.
 */
export async function readCatalogue(
  database: Database,
  { xTrain, yTrain, xTest, yTest }: DatasetFiles,
  featureNames: readonly string[],
  limit: number,
): Promise<ReadTracks> {
  const numbers = featureNames.map((name) => `CAST(x.${identifier(name)} AS DOUBLE) AS ${identifier(name)}`);
  const side = (x: string, y: string): string => `
    SELECT ${numbers.join(', ')}, coalesce(CAST(y.popularity AS DOUBLE), 'nan') AS "#popularity",
      CASE WHEN x.year BETWEEN ${FIRST_YEAR} AND ${LAST_YEAR} THEN CAST(x.year AS DOUBLE) ELSE ${doubleLiteral(NO_YEAR)} END AS "#year",
      x.track_id, left(x.artist_name, ${MAX_NAME}) AS artist_name, left(x.track_name, ${MAX_NAME}) AS track_name,
      left(x.genre, ${MAX_NAME}) AS genre
    FROM read_parquet(${pathLiteral(x)}) AS x POSITIONAL JOIN read_parquet(${pathLiteral(y)}) AS y`;
  const all = `(${side(xTrain, yTrain)} UNION ALL ${side(xTest, yTest)})`;
  const usable = `length(track_id) <= ${MAX_ID}`;
  const [counted] = await database.rows(
    `SELECT count(*) AS tracks, count(*) FILTER (WHERE ${usable}) AS usable FROM ${all}`,
  );
  const [catalogueTracks, usableTracks] = [Number(counted!['tracks']), Number(counted!['usable'])];
  const count = async (where: string): Promise<number> =>
    Number((await database.rows(`SELECT count(*) AS n FROM ${all} WHERE ${where}`))[0]!['n']);

  let where = usable;
  let tracks = usableTracks;
  for (let share = limit / usableTracks; tracks > limit; share *= limit / tracks - 1e-6) {
    where = `${usable} AND md5(track_id) < '${hexShare(share)}'`;
    tracks = await count(where);
  }
  const taken = collector(featureNames.length, tracks);
  for await (const chunk of database.records(`SELECT * FROM ${all} WHERE ${where}`)) {
    for (let i = 0; i < chunk.rows; i += 1) taken.add(chunk.numbers, chunk.texts, i);
  }
  return { tracks, catalogueTracks, leftOut: catalogueTracks - usableTracks, ...taken.finish() };
}

/** Hexadecimal digits below which that share of all md5 sums lies. */
function hexShare(share: number): string {
  return Math.floor(share * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}

type Collected = Omit<ReadTracks, 'tracks' | 'catalogueTracks' | 'leftOut'>;

function collector(d: number, tracks: number) {
  const features = Array.from({ length: d }, () => new Float64Array(tracks));
  const popularity = new Float64Array(tracks);
  const [years, artists, songs, genres] = [0, 1, 2, 3].map(() => new Uint32Array(tracks)) as [
    Uint32Array<ArrayBuffer>,
    Uint32Array<ArrayBuffer>,
    Uint32Array<ArrayBuffer>,
    Uint32Array<ArrayBuffer>,
  ];
  const [ids, names] = [textsWriter(tracks), textsWriter(tracks)];
  const [artistNames, genreNames, keys] = [interner(), interner(), interner()];
  const artistKeys: number[] = [];
  let row = 0;
  return {
    add(numbers: readonly Float64Array[], texts: readonly (readonly (string | null)[])[], i: number): void {
      const [id, artist = null, name = null, genre = null] = texts.map((column) => column[i]);
      for (let j = 0; j < d; j += 1) features[j]![row] = numbers[j]![i]!;
      popularity[row] = numbers[d]![i]!;
      years[row] = numbers[d + 1]![i]!;
      artists[row] = artistNames.place(artist ?? '');
      if (artists[row] === artistKeys.length) artistKeys.push(keys.place(foldName(artist ?? '')));
      genres[row] = genreNames.place(genre ?? '');
      const song =
        name === null || artist === null ? `id ${id}` : `${artistKeys[artists[row]!]} ${foldName(name)}`;
      const bytes = Buffer.from(song, 'utf8');
      songs[row] = hash32(bytes, 0, bytes.length);
      ids.add(id ?? null);
      names.add(name);
      row += 1;
    },
    finish: (): Collected => ({
      features,
      popularity,
      years,
      artists,
      artistKeys: Uint32Array.from(artistKeys),
      songs,
      genres,
      ids: ids.finish(),
      names: names.finish(),
      artistNames: artistNames.finish(),
      genreNames: genreNames.finish(),
    }),
  };
}

/** Numbers texts in the order in which they are met. */
function interner() {
  const places = new Map<string, number>();
  return {
    place(text: string): number {
      let place = places.get(text);
      if (place === undefined) {
        place = places.size;
        places.set(text, place);
      }
      return place;
    },
    finish(): Texts {
      const writer = textsWriter(places.size);
      for (const text of places.keys()) writer.add(text);
      return writer.finish();
    },
  };
}
