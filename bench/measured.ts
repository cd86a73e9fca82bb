/**
 * The figures of results/ that `segue costs` reckons with, as the text of src/costs/measured.ts. `npm run measured` writes it, a test
 * compares: no figure there can be another than the one that was measured.
 */
import { readFileSync } from 'node:fs';
import type { FootprintFigures } from './footprint/table.js';
import type { PlaylistFigures } from './playlists/table.js';
import { median } from './report.js';
import type { ServiceFigures } from './service/table.js';

const RESULTS = new URL('./results/', import.meta.url);

/** Sizes of results/scale.md that stand beside the whole run of results/pipeline.md. */
const LARGER = [10_000_000, 100_000_000];

/** The dearest list that people usually ask for. */
const DEAR_LIST = 'playlist from a segment, 200 tracks, variety 1';

interface MeasuredRun {
  readonly tracks: number;
  readonly starts: number;
  readonly seconds: number;
  readonly trainSeconds: number;
  readonly peakMib: number;
}

/** The text of src/costs/measured.ts. */
export function measuredText(): string {
  const footprint = json<FootprintFigures>('footprint.json');
  const service = json<ServiceFigures>('service.json');
  const lists = json<PlaylistFigures>('playlists.json');
  const { tracks, prediction, playlist } = footprint;
  const perTrack = (bytes: number): string => (bytes / tracks).toFixed(1);
  const drives = service.contenders.find(({ name }) => name === 'segue')!.drives;
  const dear = lists.forms.find(({ name }) => name === DEAR_LIST)!;
  return `/** Made by \`npm run measured\` of bench/results; don't change it here. */
export const MEASURED = {
  /** Of the footprint; the other benches name theirs. */
  machine: ${quoted(footprint.machine)},
  /** A whole run: seconds, those of its training, memory at most (bench/results/pipeline.md, scale.md). */
  runs: [
${[pipelineRun(), ...LARGER.map(scaleRun)].map((run) => `    ${inline(run)},`).join('\n')}
  ],
  /** A segment for a track: answers of a core in a second (service.json), bytes of an answer with its headers (footprint.json). */
  prediction: {
    perCoreSecond: ${Math.round(median(drives.map(({ perCpuSecond }) => perCpuSecond)))},
    answered: ${Math.round(prediction.answered)},
  },
  /** A list of 200 tracks: seconds of a core (p50 of playlists.json); bytes of one of 30 (footprint.json). */
  playlist: { seconds: ${(dear.ms.p50 / 1000).toFixed(5)}, answered: ${Math.round(playlist.answered)} },
  /** Bytes at rest (footprint.json). */
  stored: {
    sourcePerTrack: ${perTrack(footprint.sourceBytes)},
    datasetPerTrack: ${perTrack(footprint.datasetBytes)},
    indexPerTrack: ${perTrack(footprint.indexBytes)},
    version: ${footprint.versionBytes},
    run: ${footprint.runBytes},
    ledger: ${footprint.ledgerBytes},
  },
  /** Memory of a service that starts, with the process that makes its index (footprint.json). */
  servingPeaks: [
${footprint.servingPeaks.map((peak) => `    ${inline(peak)},`).join('\n')}
  ],
  /** Bytes of the log for a refused request; answered ones leave none (footprint.json). */
  logged: { refused: ${Math.round(footprint.logged.refused)} },
  /** Samples of one scrape of one process (footprint.json). */
  scrape: { series: ${footprint.scrape.series} },
} as const;
`;
}

function pipelineRun(): MeasuredRun {
  const text = readResult('pipeline.md');
  return {
    tracks: found(text, /^([\d,]+) synthetic tracks/m),
    starts: found(text, /k = 8, (\d+) starts/),
    seconds: found(text, /\| \*\*whole process\*\* \| ([\d.]+) \|/),
    trainSeconds: found(text, /\| `T2_Entrenamiento_Modelo` \| ([\d.]+) \|/),
    peakMib: found(text, /Peak resident memory of a run of Segue: ([\d,]+) MiB/),
  };
}

function scaleRun(tracks: number): MeasuredRun {
  const text = readResult('scale.md');
  const row = (step: string): RegExp =>
    new RegExp(`^\\| ${tracks.toLocaleString('en')} \\| ${step} \\| ([\\d.]+) \\|`, 'm');
  const peak = new RegExp(`${row('`run` in all').source} [\\d.]+ \\| ([\\d,]+) \\|`, 'm').exec(text)?.[2];
  return {
    tracks,
    starts: found(text, /k = 8, (\d+) starts/),
    seconds: found(text, row('`run` in all')),
    trainSeconds: found(text, row('`run`: T2, train')),
    peakMib: Number(peak?.replaceAll(',', '')),
  };
}

function found(text: string, pattern: RegExp): number {
  const figure = pattern.exec(text)?.[1];
  if (figure === undefined) throw new Error(`bench/results has nothing like ${pattern}`);
  return Number(figure.replaceAll(',', ''));
}

function inline(of: object): string {
  const entries = Object.entries(of).map(([name, value]) => `${name}: ${value}`);
  return `{ ${entries.join(', ')} }`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}

function json<T>(name: string): T {
  return JSON.parse(readResult(name)) as T;
}

function readResult(name: string): string {
  return readFileSync(new URL(name, RESULTS), 'utf8');
}
