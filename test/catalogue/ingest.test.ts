import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { hashOfSums } from '#segue/catalogue/content-hash.js';
import { type SplitOptions, splitThreshold } from '#segue/catalogue/split.js';
import { sha256OfFile } from '#segue/core/hash.js';
import { seededRandom } from '#segue/core/random.js';
import type { FeatureContract } from '#segue/features/contract.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { COLUMNS, csvLine, csvText, type Ingested, type TestTrack, workbench } from './workbench.js';

const bench = await workbench();

function tracksOf(count: number, seed = 1): TestTrack[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => ({
    track_id: `track${i}`,
    tempo: 40 + random.next() * 210,
    valence: random.next(),
  }));
}

/** The rule of the split, in Node. */
function isTest({ seed, testShare }: SplitOptions, trackId: string): boolean {
  const digest = createHash('md5').update(`${seed}|${trackId}`).digest('hex');
  return Number.parseInt(digest.slice(0, 8), 16) < Math.floor(testShare * 2 ** 32);
}

async function bytesOf({ files }: Ingested): Promise<string[]> {
  return Promise.all([files.xTrain, files.xTest, files.yTrain, files.yTest].map(sha256OfFile));
}

describe('the split', () => {
  const rows = 20_000;
  const tracks = tracksOf(rows);
  const split = { seed: 42, testShare: 0.2 };

  it('leaves the source as it was, deals 20 % to test within three standard errors, and no track to both sides', async () => {
    const source = await bench.write('split.csv', csvText(tracks));
    const before = await sha256OfFile(source);
    const { report, files } = await bench.ingest(source);
    expect(await sha256OfFile(source)).toBe(before);

    const train = (await bench.rows(files.xTrain)).map((row) => String(row['track_id']));
    const test = (await bench.rows(files.xTest)).map((row) => String(row['track_id']));
    const error = Math.sqrt(0.2 * 0.8 * rows);
    expect(Math.abs(test.length - 0.2 * rows)).toBeLessThan(3 * error);
    expect(new Set([...train, ...test]).size).toBe(rows);
    expect(report.rows).toMatchObject({ kept: rows, train: train.length, test: test.length });
  });

  it('is the one that md5 in Node gives, for any seed and share', async () => {
    const source = await bench.write('sides.csv', csvText(tracks.slice(0, 2000)));
    for (const other of [split, { seed: 7, testShare: 0.5 }, { seed: -1, testShare: 0.001 }]) {
      const { files } = await bench.ingest(source, { split: other });
      const test = (await bench.rows(files.xTest)).map((row) => String(row['track_id']));
      const expected = tracks.slice(0, 2000).filter(({ track_id }) => isTest(other, track_id));
      expect(new Set(test)).toEqual(new Set(expected.map(({ track_id }) => track_id)));
    }
  });

  it('puts the bound of 20 % where the other engines have it', () => {
    expect(splitThreshold(0.2)).toBe('33333333');
    expect(splitThreshold(0.5)).toBe('80000000');
    expect(() => splitThreshold(1)).toThrow(/not between 0 and 1/);
    expect(() => splitThreshold(Number.NaN)).toThrow(/not between 0 and 1/);
  });
});

describe('a dataset', () => {
  it('has X and y sorted by track id, row by row of the same tracks, with the columns of every catalogue', async () => {
    const { files } = await bench.ingest(
      await bench.write('columns.csv', csvText(tracksOf(50).toReversed())),
    );
    const x = await bench.rows(files.xTrain);
    const y = await bench.rows(files.yTrain);
    const ids = x.map((row) => String(row['track_id']));
    expect(ids).toEqual(ids.toSorted());
    expect(y.map((row) => row['track_id'])).toEqual(ids);
    expect(Object.keys(y[0]!)).toEqual(['track_id', 'popularity']);
    const features = SPOTIFY_FEATURES.features.map(({ name }) => name);
    const others =
      'artist_name,track_name,year,genre,energy,key,loudness,mode,acousticness,liveness,duration_ms,time_signature';
    expect(Object.keys(x[0]!)).toEqual(['track_id', ...others.split(','), ...features]);
    expect(x[0]!['genre']).toBeNull();
  });

  it('is the same, byte for byte, for any order of the rows and any number of threads', async () => {
    const tracks = tracksOf(30_000);
    const random = seededRandom(3);
    const keys = new Map(tracks.map((track) => [track, random.next()]));
    const shuffled = tracks.toSorted((a, b) => keys.get(a)! - keys.get(b)!);
    const ordered = await bench.ingest(await bench.write('ordered.csv', csvText(tracks)), { threads: 1 });
    const other = await bench.ingest(await bench.write('shuffled.csv', csvText(shuffled)), { threads: 2 });
    expect(other.report.cleaned_data_hash).toBe(ordered.report.cleaned_data_hash);
    expect(await bytesOf(other)).toEqual(await bytesOf(ordered));
    const again = await bench.ingest(`${bench.root}/ordered.csv`, { threads: 2 });
    expect(await readFile(again.files.report, 'utf8')).toBe(await readFile(ordered.files.report, 'utf8'));
  });

  it('has another hash if one value, one id or one popularity is another', async () => {
    const hashOf = async (text: string): Promise<string> =>
      (await bench.ingest(await bench.write('hash.csv', text))).report.cleaned_data_hash;
    const text = csvText(tracksOf(20));
    const hashes = [
      text,
      text.replace('track7,', 'track77,'),
      text.replace(',40,', ',41,'),
      text.replace(',0.05,', ',0.0501,'),
    ];
    expect(new Set(await Promise.all(hashes.map((variant, i) => hashOfVariant(variant, i)))).size).toBe(4);
    expect(await hashOf(text)).toBe(await hashOfVariant(text, 9));

    async function hashOfVariant(variant: string, i: number): Promise<string> {
      return (await bench.ingest(await bench.write(`hash${i}.csv`, variant))).report.cleaned_data_hash;
    }
  });

  it('has the hash that its definition gives in Node', async () => {
    const tracks = [...tracksOf(200), { track_id: 'big', valence: 1, tempo: 250 }];
    const text = csvText(tracks).replace('big,Ana Lua,40,0.001,0.05', 'big,Ana Lua,40,5e9,1e300');
    const { report } = await bench.ingest(await bench.write('sums.csv', text));
    const rows = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    const order = ['instrumentalness', 'speechiness', 'danceability', 'valence', 'tempo'].map((name) =>
      COLUMNS.indexOf(name),
    );
    let [lane1, lane2] = [0n, 0n];
    for (const row of rows) {
      const rowText = [row[0]!, ...order.map((j) => scaled(Number(row[j]))), row[2]!].join('|');
      const digest = createHash('md5').update(rowText).digest('hex');
      lane1 += BigInt(`0x${digest.slice(0, 15)}`);
      lane2 += BigInt(`0x${digest.slice(15, 30)}`);
    }
    expect(report.cleaned_data_hash).toBe(hashOfSums({ rows: BigInt(rows.length), lane1, lane2 }));

    function scaled(x: number): string {
      if (Math.abs(x) < 2 ** 22) return String(BigInt(Math.floor(x * 2 ** 40)));
      return Math.abs(x) < 2 ** 62 ? `f${BigInt(Math.floor(x))}` : 'h';
    }
  });

  it('follows another contract: other features, other bounds, other names', async () => {
    const [, speechiness] = SPOTIFY_FEATURES.features;
    const contract: FeatureContract = {
      name: 'two',
      version: 1,
      features: [
        { ...speechiness!, name: 'energy', aliases: ['power'], catalogue: { min: -1, max: 1 } },
        { ...speechiness!, name: 'loudness', aliases: [], catalogue: { min: -60 } },
      ],
    };
    const source = await bench.write(
      'two.csv',
      'id,power,LOUDNESS,tempo\na,0.5,-3,0\nb,2,-3,0\nc,-1,-61,0\n',
    );
    const { report, files } = await bench.ingest(source, { contract });
    expect(report.rows.rejected).toEqual({ energy_out_of_range: 1, loudness_out_of_range: 1 });
    const [row] = [...(await bench.rows(files.xTrain)), ...(await bench.rows(files.xTest))];
    expect(row).toMatchObject({ track_id: 'a', energy: 0.5, loudness: -3 });
    expect(row).not.toHaveProperty('tempo');
  });
});

describe('a cell in a column of numbers', () => {
  const cells =
    '| |""|NA|nan|-nan|NaN|inf|-inf|infinity|1_0|1_000.5|_1|0x10|1e3|78.0|78.5| 99 |" 9"|+5|.5|5.|"1,5"|true|1e400|9007199254740993|1 2|5%|½|1d';
  it.each(cells.split('|'))(
    'that holds %j means the same to the fast and to the careful reader',
    async (cell) => {
      const lines = csvText(tracksOf(20)).replaceAll(',40,0.001', `,${cell},0.001`).split('\n');
      const [first, ...rest] = lines;
      // a name with joined digits is no number with joined digits
      const text = [first, `named,Track 1_2,40,0.001,0.05,0.6,0.5,120`, ...rest].join('\n');
      const [fast, careful] = [
        await bench.ingest(await bench.write('fast.csv', text)),
        await bench.ingest(await bench.write('careful.csv', text.replaceAll('\n', '\r\n'))),
      ];
      expect({ ...fast.report, sources: [] }).toEqual({ ...careful.report, sources: [] });
      expect(await bytesOf(fast)).toEqual(await bytesOf(careful));
    },
  );
});

describe('a large source', () => {
  it('keeps the order of the file through parallel reading, with line breaks in quotes everywhere', async () => {
    const rows = 330_000;
    const lines = [COLUMNS.join(',')];
    const expected: { line: number; reason: string; raw: string }[] = [];
    let line = 2;
    for (let i = 0; i < rows; i += 1) {
      const broken = i % 10_007 === 5;
      const repeated = i % 9_001 === 9_000;
      const artist_name =
        i % 3 === 0 ? `"Ana"\n, Lua ${i}` : `Ana Lua, the artist of track ${i} and others, and others`;
      const raw = csvLine({ track_id: `t${repeated ? i - 9_000 : i}`, artist_name, tempo: broken ? 0 : 120 });
      if (broken) expected.push({ line, reason: 'tempo_out_of_range', raw });
      else if (repeated) expected.push({ line, reason: 'duplicate_track_id', raw });
      lines.push(raw);
      line += i % 3 === 0 ? 2 : 1;
    }
    const source = await bench.write('large.csv', `${lines.join('\n')}\n`);
    const { report, files } = await bench.ingest(source, { threads: 2 });
    expect(report.rows.read).toBe(rows);
    expect(report.rows.kept).toBe(rows - expected.length);
    expect(await bench.rows(files.rejects)).toMatchObject(expected);
  });

  it.each([
    ['a byte that is no text', Buffer.from('bad,\xff,40,0,0.1,0.5,0.5,120\n', 'latin1'), 'invalid_encoding'],
    ['a line of two fields', Buffer.from('bad,b\n'), 'malformed_row'],
    ['an open quote', Buffer.from('bad,"b,40,0,0.1,0.5,0.5,120\n'), 'malformed_row'],
    ['a field too many', Buffer.from('bad,b,40,0,0.1,0.5,0.5,120,\n'), 'malformed_row'],
    ['lines that end with CRLF', Buffer.from('bad,b,40,0,0.1,0.5,0.5,1\r\n'), 'tempo_out_of_range'],
  ])('is read with care where only its end has %s', async (_, end, reason) => {
    const rows = 60_000;
    const text = csvText([...tracksOf(rows - 1), { track_id: 'last', artist_name: 'Élan' }]);
    expect(text.length).toBeGreaterThan(2 << 20);
    const source = await bench.write('odd-end.csv', Buffer.concat([Buffer.from(text), end]));
    const { report, files } = await bench.ingest(source);
    expect(report.rows).toMatchObject({ read: rows + 1, kept: rows, rejected: { [reason]: 1 } });
    expect(report.sources[0]!.sha256).toBe(await sha256OfFile(source));
    expect(await bench.rows(files.rejects)).toMatchObject([{ line: rows + 2, reason }]);
  });

  it('gives the same in little memory', async () => {
    const source = await bench.write('out-of-core.csv', csvText(tracksOf(200_000)));
    const roomy = await bench.ingest(source);
    const tight = await bench.ingest(source, { memoryLimit: '96MB' });
    expect(tight.report).toEqual(roomy.report);
    expect(await bytesOf(tight)).toEqual(await bytesOf(roomy));
    expect(await readdir(bench.scratch)).toEqual([]);
  });
});
