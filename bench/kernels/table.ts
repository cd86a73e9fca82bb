import { renderCheck } from '../check.js';
import { describeMachine } from '../report.js';
import { goalOf } from './aims.js';
import { figureOf, figuresOf } from './figures.js';
import type { MemoryResult, TimedResult, WorkResult } from './work.js';

/** Versions of the peers, as kernels.py tells them. */
export interface PeerVersions {
  readonly python: string;
  readonly packages: Readonly<Record<string, string | null>>;
  readonly blas: readonly string[];
}

export interface Circumstances {
  readonly threads: number;
  readonly rounds: number;
  readonly versions: PeerVersions;
  readonly npm: Readonly<Record<string, string>>;
}

/** The result for people, in Markdown. */
export function renderTable(results: readonly WorkResult[], circumstances: Circumstances): string {
  return [
    '# `npm run bench:kernels`',
    '',
    ...head(circumstances),
    '',
    '![Times scikit-learn’s fastest variant takes](kernels.svg)',
    '',
    '| work | figure | bar | aim |',
    '| --- | ---: | ---: | ---: |',
    ...results.flatMap(summaryRow),
    '',
    ...results.flatMap((result) => (result.kind === 'memory' ? memorySection(result) : timedSection(result))),
  ].join('\n');
}

function head({ threads, rounds, versions, npm }: Circumstances): string[] {
  const all = [...Object.entries(versions.packages), ...Object.entries(npm)];
  const present = all
    .filter(([, version]) => version !== null)
    .map(([name, version]) => `${name} ${version}`);
  const absent = all.filter(([, version]) => version === null).map(([name]) => name);
  return [
    describeMachine(),
    '',
    `Segue and its peers in turn, one run each, ${rounds} times after one that isn't counted; ${threads} threads on every side. Medians; a ratio is the peer's median over Segue's. scikit-learn's figure is that of its fastest variant, whatever its algorithm and precision (float32 variants are handed rows of float32); Segue is handed float64, and its results are those of float64.`,
    '',
    `Peers: Python ${versions.python}, ${present.join(', ')}; ${versions.blas.join(', ')}.${absent.length > 0 ? ` Not installed: ${absent.join(', ')}.` : ''}`,
  ];
}

function summaryRow(result: WorkResult): string[] {
  const figure = figureOf(result);
  if (figure === undefined) return [];
  const goal = goalOf(result.name);
  const unit = result.kind === 'memory' ? ' B' : ' ×';
  const cell = (value: number | undefined): string => (value === undefined ? '' : `${value}${unit}`);
  const shown = result.kind === 'memory' ? figure.toFixed(0) : figure.toFixed(2);
  return [`| \`${result.name}\` | ${shown}${unit} | ${cell(goal?.bar)} | ${cell(goal?.aim)} |`];
}

function timedSection(result: TimedResult): string[] {
  const rows = figuresOf(result).map(
    ({ name, median, least, most, ratio }) =>
      `| ${name} | ${seconds(median)} | ${seconds(least)} to ${seconds(most)} | ${ratio.toFixed(2)} |`,
  );
  return [
    `## \`${result.name}\``,
    '',
    `${result.description}.`,
    '',
    '| | median, s | least to most, s | ratio |',
    '| --- | ---: | ---: | ---: |',
    ...rows,
    '',
    ...result.checks.map(renderCheck),
    ...result.notes.map((note) => `- ${note}`),
    '',
  ];
}

function memorySection({ name, description, peaks, bytesPerRow }: MemoryResult): string[] {
  const rows = peaks.map(
    ({ rows: count, bytes }) => `| ${count.toLocaleString('en')} | ${(bytes / 2 ** 20).toFixed(0)} |`,
  );
  return [
    `## \`${name}\``,
    '',
    `${description}: ${bytesPerRow.toFixed(1)} bytes.`,
    '',
    '| rows | peak, MiB |',
    '| ---: | ---: |',
    ...rows,
    '',
  ];
}

function seconds(value: number): string {
  return value.toPrecision(3);
}
