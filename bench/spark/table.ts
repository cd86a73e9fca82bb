import { type Check, renderCheck } from '../check.js';
import { median } from '../report.js';
import type { Overhead, SizeCost, SparkFigures } from './figures.js';
import { PEER_STAGES } from './sides.js';

/** What `segue run --engine spark` may take of the time of the PySpark script. */
const BAR = 1.2;

/** Seconds of Segue over those of the PySpark script, whole processes. */
export function overheadOf({ segue, peer }: Overhead): number {
  return medianOf(segue, 'seconds') / medianOf(peer, 'seconds');
}

/** The result for people, in Markdown. */
export function renderSpark(figures: SparkFigures, checks: readonly Check[]): string {
  const { machine, server, k, starts, overhead, sizes } = figures;
  const { tracks, bytes, segue, peer } = overhead;
  const stage = (name: (typeof PEER_STAGES)[number]): number => medianOf(peer, name);
  return [
    '# `npm run bench:spark`',
    '',
    `${machine} The Connect server: ${server}, on the same cores.`,
    '',
    '| | measured | bar |',
    '| --- | ---: | ---: |',
    `| \`segue run --engine spark\` against a PySpark script | ${overheadOf(overhead).toFixed(2)}× | ≤ ${BAR}× |`,
    '',
    '## Against a PySpark script',
    '',
    `${tracks.toLocaleString('en')} synthetic tracks (${(bytes / 1e6).toFixed(0)} MB of CSV), k = ${k}, ${starts} starts. Segue and \`bench/spark/peer.py\` in turn, each ${segue.length} times after once that isn't counted, each run in a new process on the same server; medians.`,
    '',
    '| | Segue, s | PySpark and scikit-learn, s | ratio |',
    '| --- | ---: | ---: | ---: |',
    compared(
      'clean and write, on the cluster',
      medianOf(segue, 'clean'),
      stage('connect') + stage('clean') + stage('fetch'),
    ),
    compared('train, here', medianOf(segue, 'train'), stage('fit') + stage('measure')),
    compared('**whole process**', medianOf(segue, 'seconds'), medianOf(peer, 'seconds')),
    '',
    `The script by stage: ${PEER_STAGES.map((name) => `${name} ${stage(name).toFixed(2)} s`).join(', ')}. Its cleaning has what connecting and fetching the rows take, as T1's has.`,
    '',
    'What the sides do not share: Segue quotes every rejected row with its file, line, detail and raw text, hashes source and cleaned rows, counts again what was written, brings all columns here and not five, names and profiles the segments, judges and registers the model. Its squared Silhouette is exact; scikit-learn scores a sample of 4,000 tracks.',
    '',
    ...checks.map(renderCheck),
    '',
    '## What a million tracks cost',
    '',
    'Each run once, Spark being warm; T1 and T2 by the run record. A pass is one iteration of Lloyd’s algorithm over the training rows as the cluster wrote them: the median of the counted ones.',
    '',
    '| tracks | engine | T1, s | T2, s | whole run, s | seconds per million | peak MiB here |',
    '| ---: | --- | ---: | ---: | ---: | ---: | ---: |',
    ...sizes.flatMap(runRows),
    '',
    '| training rows | a pass on the cluster, s | seconds per million rows |',
    '| ---: | ---: | ---: |',
    ...sizes.map(({ passes: { rows, seconds } }) => {
      const one = median(seconds);
      return `| ${rows.toLocaleString('en')} | ${one.toFixed(2)} | ${((one / rows) * 1e6).toFixed(2)} |`;
    }),
    '',
  ].join('\n');
}

function compared(name: string, ours: number, theirs: number): string {
  return `| ${name} | ${ours.toFixed(2)} | ${theirs.toFixed(2)} | ${(ours / theirs).toFixed(2)} |`;
}

function runRows({ tracks, here, cluster }: SizeCost): string[] {
  const row = (name: string, { clean, train, seconds, peakMib }: SizeCost['here']): string =>
    `| ${tracks.toLocaleString('en')} | ${name} | ${clean.toFixed(1)} | ${train.toFixed(1)} | ${seconds.toFixed(1)} | ${((seconds / tracks) * 1e6).toFixed(2)} | ${peakMib.toLocaleString('en')} |`;
  return [row('this machine', here), row('Spark', cluster)];
}

function medianOf<T extends string>(runs: readonly Readonly<Record<T, number>>[], of: T): number {
  return median(runs.map((run) => run[of]));
}
