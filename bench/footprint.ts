/**
 * Counts the bytes that a run leaves behind and that requests carry: what `segue costs` knows of storage, traffic, logs and metrics.
 *
 *     npm run bench:footprint                       1,160,000 tracks, 2,000 requests of each kind; then npm run measured
 *     npm run bench:footprint -- --tracks 20000     another size: results/ is left alone
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { type FootprintFigures, renderFootprint } from './footprint/table.js';
import { type CountedServer, openCounted } from './footprint/traffic.js';
import { describeMachine } from './report.js';

const RESULTS = new URL('./results/', import.meta.url);
const PROGRAM = fileURLToPath(new URL('../bin/segue.js', import.meta.url));
const KAGGLE_TRACKS = 1_160_000;

/** A second catalogue has so many times fewer tracks: from the two follows what a track takes. */
const SMALLER = 10;

const exec = promisify(execFile);
const segue = async (...argv: string[]): Promise<string> =>
  (await exec(process.execPath, [PROGRAM, ...argv])).stdout.trim();

const { values } = parseArgs({
  options: {
    tracks: { type: 'string', default: String(KAGGLE_TRACKS) },
    requests: { type: 'string', default: '2000' },
  },
});

const work = await mkdtemp(join(tmpdir(), 'segue-footprint-'));
try {
  const tracks = Number(values.tracks);
  const figures = await measure(tracks, Number(values.requests));
  const report = renderFootprint(figures);
  process.stdout.write(report);
  if (tracks === KAGGLE_TRACKS) {
    await writeFile(new URL('footprint.md', RESULTS), report);
    await writeFile(new URL('footprint.json', RESULTS), `${JSON.stringify(figures, null, 2)}\n`);
  }
} finally {
  await rm(work, { recursive: true, force: true });
}

async function measure(tracks: number, requests: number): Promise<FootprintFigures> {
  const small = await trained(Math.round(tracks / SMALLER));
  const atSmall = await openCounted(small.home, small.key);
  await atSmall.close();
  const { home, key, source } = await trained(tracks);
  const stored = {
    sourceBytes: (await stat(source)).size,
    datasetBytes: await bytesUnder(join(home, 'datasets')),
    versionBytes: await bytesUnder(join(home, 'models')),
    runBytes: await bytesUnder(join(home, 'runs')),
    ledgerBytes: (await stat(join(home, 'ledger.jsonl'))).size,
  };
  const server = await openCounted(home, key);
  try {
    return {
      machine: describeMachine(),
      tracks,
      ...stored,
      indexBytes: await bytesUnder(join(home, 'indexes')),
      servingPeaks: [
        { tracks: Math.round(tracks / SMALLER), mib: Math.round(atSmall.peakMib) },
        { tracks, mib: Math.round(server.peakMib) },
      ],
      requests,
      ...(await carriedBy(server, requests)),
    };
  } finally {
    await server.close();
  }
}

async function trained(tracks: number): Promise<{ home: string; key: string; source: string }> {
  const [home, source] = [join(work, `home-${tracks}`), join(work, `catalogue-${tracks}.csv`)];
  await segue('generate', '--tracks', String(tracks), '--seed', '7', '--out', source);
  await segue('run', '--home', home, '--source', source, '--k', '8', '--min-segment-share', '0');
  return { home, source, key: await segue('keys', 'create', '--home', home, '--scopes', 'predict,read') };
}

async function carriedBy(server: CountedServer, requests: number) {
  const times = Array.from({ length: requests }, (_, i) => i);
  const before = server.logged();
  const predictions = times.map((i) => prediction(60 + (i % 120), (i % 50) / 50));
  const predicted = await server.carry('/v1/predict/cluster', predictions, 200);
  const lists = times.map((seed) => JSON.stringify({ segment: seed % 8, length: 30, seed }));
  const listed = await server.carry('/v1/playlists', lists, 200);
  const answered = (server.logged() - before) / (2 * requests);
  const wrong = times.map((i) => prediction(1, (i % 50) / 50));
  await server.carry('/v1/predict/cluster', wrong, 422);
  const refused = (server.logged() - before) / requests - 2 * answered;
  await server.carry('/v1/predict/clusters', [`{"items":[${prediction(120, 0.5)}]}`], 200);
  for (const path of ['clusters', 'models', 'runs', 'drift']) await server.get(`/v1/${path}`);
  const scraped = await server.get('/metrics');
  return {
    prediction: predicted,
    playlist: listed,
    logged: { answered, refused },
    scrape: {
      series: scraped.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
      bytes: Buffer.byteLength(scraped),
    },
  };
}

function prediction(tempo: number, danceability: number): string {
  return JSON.stringify({ instrumentalness: 0.0004, speechiness: 0.052, danceability, valence: 0.47, tempo });
}

async function bytesUnder(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
