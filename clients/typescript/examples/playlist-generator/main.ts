import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Segue, SegueProblem } from 'segue-client';
import { csvOf, m3uOf, tableOf } from './formats.js';
import { playlistFor } from './playlist-for.js';

const USAGE = `npm start -- --tracks ID,ID,… [--length 25] [--variety 0.3] [--seed 0] [--m3u F] [--csv F]

Makes a playlist for whoever likes these tracks, from the slowest to the fastest.
SEGUE_URL says where the service is (http://127.0.0.1:8080 unless set), SEGUE_KEY is a key with the scope «predict».
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      tracks: { type: 'string' },
      length: { type: 'string', default: '25' },
      variety: { type: 'string', default: '0.3' },
      seed: { type: 'string', default: '0' },
      m3u: { type: 'string' },
      csv: { type: 'string' },
    },
  });
  const key = process.env['SEGUE_KEY'];
  if (values.tracks === undefined || key === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const segue = new Segue({ url: process.env['SEGUE_URL'] ?? 'http://127.0.0.1:8080', key });
  const { profile, playlist } = await playlistFor(segue, {
    known: values.tracks.split(','),
    length: Number(values.length),
    variety: Number(values.variety),
    seed: Number(values.seed),
  });
  for (const { segment, share } of profile.segments)
    process.stdout.write(`${(share * 100).toFixed(0).padStart(4)} %  ${segment.name.en}\n`);
  process.stdout.write(`\n${tableOf(playlist.tracks)}`);
  if (playlist.shortfall !== null)
    process.stdout.write(`${playlist.shortfall.missing} fewer than asked: ${playlist.shortfall.reason}\n`);
  if (values.m3u !== undefined) await writeFile(values.m3u, m3uOf(playlist.tracks));
  if (values.csv !== undefined) await writeFile(values.csv, csvOf(playlist.tracks));
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SegueProblem)) throw error;
  const rules = error.errors.map(({ message }) => `  ${message}\n`).join('');
  process.stderr.write(`${error.status} ${error.code ?? ''}: ${error.message}\n${rules}`);
  process.exitCode = 1;
}
