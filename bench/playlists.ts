/**
 * Times `POST /v1/playlists` and `/v1/profiles` through a real server on a synthetic catalogue: each form of request, interleaved; then
 * predictions with and without playlists beside them.
 *
 *     npm run bench:playlists                                     1,000,000 tracks, 300 requests of each form
 *     npm run bench:playlists -- --tracks 100000 --requests 100 --json
 */
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formsOf } from './playlists/forms.js';
import { openServer, segue } from './playlists/server.js';
import { type PlaylistFigures, renderPlaylists, type Spread, spreadOf } from './playlists/table.js';
import { describeMachine } from './report.js';

const RESULTS = new URL('./results/', import.meta.url);

const { values } = parseArgs({
  options: {
    tracks: { type: 'string', default: '1000000' },
    requests: { type: 'string', default: '300' },
    json: { type: 'boolean', default: false },
  },
});

const work = await mkdtemp(join(tmpdir(), 'segue-playlists-'));
try {
  const figures = await measure(Number(values.tracks), Number(values.requests));
  const report = renderPlaylists(figures, describeMachine());
  await writeFile(new URL('playlists.md', RESULTS), report);
  await writeFile(new URL('playlists.json', RESULTS), `${JSON.stringify(figures, null, 2)}\n`);
  process.stdout.write(report);
  if (values.json) {
    const worst = (of: keyof Spread): number => Math.max(...figures.forms.map(({ ms }) => ms[of]));
    const line = {
      worst_p50_ms: worst('p50'),
      worst_p95_ms: worst('p95'),
      worst_p99_ms: worst('p99'),
      build_s: figures.buildSeconds,
      load_s: figures.loadSeconds,
      bytes_per_track: figures.bytesPerTrack,
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
} finally {
  await rm(work, { recursive: true, force: true });
}

async function measure(tracks: number, requests: number): Promise<PlaylistFigures> {
  const [home, catalogue] = [join(work, 'home'), join(work, 'catalogue.csv')];
  await segue('generate', '--tracks', String(tracks), '--seed', '7', '--out', catalogue);
  await segue('run', '--home', home, '--source', catalogue, '--k', '5', '--starts', '3');
  await rm(catalogue);
  const key = (await segue('keys', 'create', '--home', home, '--scopes', 'predict')).trim();

  const first = await openServer(home, key);
  const buildSeconds = await first.catalogueReady();
  await first.close();
  const server = await openServer(home, key);
  try {
    const loadSeconds = await server.catalogueReady();
    const forms = await formsOf(server);
    const times = forms.map((): number[] => []);
    for (let round = -10; round < requests; round += 1) {
      for (const [i, { path, body }] of forms.entries()) {
        const { ms } = await server.post(path, body);
        if (round >= 0) times[i]!.push(ms);
      }
    }
    const track = JSON.stringify(
      (
        JSON.parse(forms.find(({ name }) => name === 'profile of 10,000 tracks by features')!.body) as {
          tracks: unknown[];
        }
      ).tracks[0],
    );
    const predictions = async (): Promise<Spread> => {
      const ms: number[] = [];
      for (let i = 0; i < 10 * requests; i += 1)
        ms.push((await server.post('/v1/predict/cluster', track)).ms);
      return spreadOf(ms);
    };
    const alone = await predictions();
    const stop = new AbortController();
    const beside = (async () => {
      for (let i = 0; !stop.signal.aborted; i += 1) {
        const { path, body } = forms[i % forms.length]!;
        await server.post(path, body, 'another connection');
      }
    })();
    const busy = await predictions();
    stop.abort();
    await beside;

    const [file] = (await readdir(join(home, 'indexes'))) as [string];
    const { size } = await stat(join(home, 'indexes', file));
    const held = await server.tracksHeld();
    return {
      tracks: held,
      requests,
      buildSeconds,
      loadSeconds,
      bytesPerTrack: size / held,
      residentMib: await server.residentMib(),
      forms: forms.map(({ name }, i) => ({ name, ms: spreadOf(times[i]!) })),
      predictions: { alone, busy },
    };
  } finally {
    await server.close();
  }
}
