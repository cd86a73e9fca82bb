import { existsSync, readFileSync } from 'node:fs';
import { LOCAL_ROWS } from '../../src/pipeline/options.js';
import { median } from '../report.js';
import type { SizeCost, SparkFigures } from './figures.js';
import {
  crossOver,
  mostOnOneMachine,
  NODE,
  passesOf,
  runOnCluster,
  runOnOneMachine,
  speedsOf,
} from './plan.js';
import { overheadOf } from './table.js';

const FIGURES = new URL('../results/spark.json', import.meta.url);

const NODES = [4, 16, 64];

const BILLION = 1_000_000_000;

/** Where a page has what is made here: `<!-- measured: name -->`, lines, `<!-- end -->`. */
const PLACES = /(<!-- measured: ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** A page with its measured parts as bench/results/spark.json has them. @throws Error for a place that nothing is made for */
export function withMeasured(page: string): string {
  const parts = existsSync(FIGURES)
    ? partsOf(JSON.parse(readFileSync(FIGURES, 'utf8')) as SparkFigures)
    : undefined;
  return page.replaceAll(PLACES, (_, begin: string, name: string, end: string) => {
    const part =
      parts === undefined ? 'Not measured yet: `npm run bench:spark && npm run measured`.' : parts[name];
    if (part === undefined) throw new Error(`nothing measured is called ${name}`);
    return `${begin}${part}\n${end}`;
  });
}

/** Lines of Markdown by their name. */
export function partsOf(figures: SparkFigures): Readonly<Record<string, string>> {
  const speeds = speedsOf(figures);
  const { sizes, overhead, atScale } = figures;
  const largest = sizes.at(-1)!;
  const planned = (nodes: number, rows: number) => runOnCluster(speeds, rows, nodes, LOCAL_ROWS);
  const most = mostOnOneMachine();
  const big = planned(NODES[1]!, BILLION);
  return {
    answer: [
      `**Up to ${count(most)} tracks take one machine**, with ${NODE.gib} GiB. Beyond, have a cluster do it: ${count(BILLION)}`,
      `tracks on ${NODES[1]} machines of ${NODE.vcpus} virtual processors take ${duration(big.whole)} and cost ${euros(big.eur)}, by a model fed with what was measured on ${figures.cores} cores.`,
    ].join('\n'),
    million: [
      '| tracks | engine | T1, s per million | T2, s per million | run, s per million |',
      '| ---: | --- | ---: | ---: | ---: |',
      ...sizes.flatMap(millionRows),
      '',
      `On equal cores Spark takes ${(largest.cluster.seconds / largest.here.seconds).toFixed(1)} times as long as DuckDB and the kernels for ${count(largest.tracks)} tracks. A run of Segue on Spark takes`,
      `${overheadOf(overhead).toFixed(2)} times what a PySpark script takes that does the same on the same server ([all figures](../bench/results/spark.md)).`,
    ].join('\n'),
    passes: [
      '| training rows | a pass, s | s per million rows |',
      '| ---: | ---: | ---: |',
      ...sizes.map(({ passes: { rows, seconds } }) => {
        const one = median(seconds);
        return `| ${count(rows)} | ${one.toFixed(2)} | ${((one / rows) * 1e6).toFixed(2)} |`;
      }),
    ].join('\n'),
    billion: [
      '| machines | T1 | T2 | in all, with the start | Hetzner, whole hours | by the second, at Fargate’s price |',
      '| ---: | ---: | ---: | ---: | ---: | ---: |',
      ...NODES.map((nodes) => {
        const { clean, train, whole, eur, eurBySecond } = planned(nodes, BILLION);
        return `| ${nodes} and the driver | ${duration(clean)} | ${duration(train)} | ${duration(whole)} | ${euros(eur)} | ${euros(eurBySecond)} |`;
      }),
    ].join('\n'),
    crossover: [
      '| tracks | one machine | 4 machines | 16 machines | 64 machines |',
      '| ---: | ---: | ---: | ---: | ---: |',
      ...[1e6, 1e7, 1e8, BILLION].map((rows) => {
        const { whole, eur, fits, gib } = runOnOneMachine(rows);
        const one = fits ? `${duration(whole)}, ${euros(eur)}` : `needs ${Math.ceil(gib)} GiB`;
        const runs = NODES.map((nodes) => {
          const run = planned(nodes, rows);
          return `${duration(run.whole)}, ${euros(run.eur)}`;
        });
        return `| ${count(rows)} | ${one} | ${runs.join(' | ')} |`;
      }),
      '',
      `Sooner done than one machine: ${NODES.map((nodes) => sooner(nodes, crossOver(speeds, nodes, LOCAL_ROWS))).join('; ')}. One machine’s memory (${NODE.gib} GiB) ends at ${count(most)} tracks.`,
    ].join('\n'),
    model: [
      `A run of ${count(sizes[0]!.tracks)} tracks whose rows stayed on the cluster took ${atScale.train.toFixed(0)} s for T2 when it was measured, with ${atScale.iterations} iterations; the model’s passes`,
      `make that ${(passesOf(atScale.iterations) * median(sizes[0]!.passes.seconds)).toFixed(0)} s.`,
    ].join('\n'),
  };
}

function millionRows({ tracks, here, cluster }: SizeCost): string[] {
  const row = (name: string, { clean, train, seconds }: SizeCost['here']): string => {
    const perMillion = (of: number): string => ((of / tracks) * 1e6).toFixed(2);
    return `| ${count(tracks)} | ${name} | ${perMillion(clean)} | ${perMillion(train)} | ${perMillion(seconds)} |`;
  };
  return [row('this machine', here), row('Spark', cluster)];
}

function sooner(nodes: number, rows: number | undefined): string {
  return `${nodes} machines ${rows === undefined ? 'never' : `from ${count(rows)} tracks`}`;
}

function count(of: number): string {
  return of.toLocaleString('en');
}

function euros(eur: number): string {
  return `${eur.toFixed(2)} €`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(0)} s`;
  return seconds < 5400 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
