/**
 * Times `segue run --engine spark` beside a PySpark script that does the same on the same Connect server (bench/spark/peer.py), and what a
 * million tracks cost on this machine and on the cluster. Needs Java 17 or newer; makes a Python environment with Spark itself.
 *
 *     npm run bench:spark                                  1,000,000 tracks, 3 counted runs; sizes to 3,000,000; writes results/spark.{json,md}
 *     npm run bench:spark -- --tracks 20000 --rounds 1 --sizes 20000,40000       other sizes: results/ is left alone
 *     npm run bench:spark -- --json                        the last line is one JSON object
 */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseSparkAddress } from '#segue/engine/spark/address.js';
import { openSparkEngine } from '#segue/engine/spark/engine.js';
import { type Check, failed } from './check.js';
import { interleave } from './interleave.js';
import { generateCatalogue } from './pipeline/segue.js';
import { describeMachine } from './report.js';
import { checksOf } from './spark/agree.js';
import type { Overhead, SizeCost, SparkFigures } from './spark/figures.js';
import { timePasses } from './spark/passes.js';
import { type BenchServer, startBenchServer } from './spark/server.js';
import { cleanOnCluster, type PeerRun, runPeer, runSegue, type SegueRun, type Work } from './spark/sides.js';
import { overheadOf, renderSpark } from './spark/table.js';

const RESULTS = new URL('./results/', import.meta.url);
const DEFAULTS = { tracks: '1000000', rounds: '3', sizes: '1000000,3000000' };
const PASSES = 5;
const THREADS = 2;
/** So few that the rows of every size stay on the cluster, which trains then. */
const LEFT = ['--local-rows', '10000'];

const { values } = parseArgs({
  options: {
    tracks: { type: 'string', default: DEFAULTS.tracks },
    rounds: { type: 'string', default: DEFAULTS.rounds },
    sizes: { type: 'string', default: DEFAULTS.sizes },
    k: { type: 'string', default: '8' },
    starts: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
  },
});
const [k, starts] = [Number(values.k), Number(values.starts)];

const work = await mkdtemp(join(tmpdir(), 'segue-bench-'));
const catalogue = join(work, 'catalogue.csv');
const home = join(work, 'home');
const asked: Work = { catalogue, k, starts, threads: THREADS };
const server = await startBenchServer(THREADS);
try {
  const { overhead, checks } = await compare(server, Number(values.tracks), Number(values.rounds));
  const sizes: SizeCost[] = [];
  for (const tracks of values.sizes.split(',').map(Number)) sizes.push(await costOf(server, tracks));
  const atScale = await trainAtScale(server, sizes[0]!.tracks);
  const figures: SparkFigures = {
    machine: describeMachine(),
    cores: THREADS,
    server: `${await nameOf(server)}, ${server.description}`,
    k,
    starts,
    overhead,
    sizes,
    atScale,
  };
  const report = renderSpark(figures, checks);
  process.stdout.write(report);
  const disagreements = checks.filter(failed).map(({ what }) => what);
  if (disagreements.length > 0) throw new Error(`The sides disagree: ${disagreements.join('; ')}`);
  if (Object.entries(DEFAULTS).every(([name, value]) => values[name as keyof typeof DEFAULTS] === value)) {
    await writeFile(new URL('spark.json', RESULTS), `${JSON.stringify(figures, null, 2)}\n`);
    await writeFile(new URL('spark.md', RESULTS), report);
  }
  if (values.json)
    process.stdout.write(`${JSON.stringify({ run_on_spark_vs_pyspark: overheadOf(overhead) })}\n`);
} finally {
  await server.stop();
  await rm(work, { recursive: true, force: true });
}

async function compare(
  { address, python }: BenchServer,
  tracks: number,
  rounds: number,
): Promise<{ overhead: Overhead; checks: readonly Check[] }> {
  await generateCatalogue(tracks, 7, catalogue);
  const segue: SegueRun[] = [];
  const peer: PeerRun[] = [];
  await interleave(
    [
      {
        name: 'Segue',
        side: 'segue',
        async run() {
          segue.push(await runSegue(asked, home, { address }));
          return segue.at(-1)!.seconds;
        },
      },
      {
        name: 'PySpark',
        side: 'other',
        async run() {
          peer.push(await runPeer(python, asked, address, join(work, 'peer')));
          return peer.at(-1)!.seconds;
        },
      },
    ],
    rounds,
  );
  const { size: bytes } = await stat(catalogue);
  const counted = { segue: segue.slice(1), peer: peer.slice(1) }; // in the first, Spark warms up
  const overhead = {
    tracks,
    bytes,
    segue: counted.segue.map(({ seconds, clean, train }) => ({ seconds, clean, train })),
    peer: counted.peer.map(({ seconds, stages }) => ({ seconds, ...stages })),
  };
  return { overhead, checks: checksOf(segue.at(-1)!, peer.at(-1)!) };
}

/** Both engines once, Spark being warm; then passes over the rows that the cluster wrote. */
async function costOf({ address }: BenchServer, tracks: number): Promise<SizeCost> {
  await generateCatalogue(tracks, 7, catalogue);
  const onThis = await runSegue(asked, home);
  let passes: SizeCost['passes'] | undefined;
  const clusterWork = join(work, 'cluster');
  const cluster = { address, options: ['--cluster-work', clusterWork] };
  const onCluster = await runSegue(asked, home, cluster, async (folder) => {
    passes = await timePasses(address, `${folder}/X_train`, k, PASSES);
  });
  const clean = await cleanOnCluster(asked, home, { address, options: [...cluster.options, ...LEFT] });
  await rm(clusterWork, { recursive: true });
  return { tracks, here: cost(onThis), cluster: cost(onCluster), left: { clean }, passes: passes! };
}

/** A run whose rows stay on the cluster but for a sample. */
async function trainAtScale({ address }: BenchServer, tracks: number): Promise<SparkFigures['atScale']> {
  await generateCatalogue(tracks, 7, catalogue);
  const run = await runSegue(asked, home, { address, options: LEFT });
  return { ...cost(run), iterations: run.iterations };
}

function cost({ seconds, clean, train, peakMib }: SegueRun): SizeCost['here'] {
  return { seconds, clean, train, peakMib };
}

async function nameOf({ address }: BenchServer): Promise<string> {
  const engine = await openSparkEngine(parseSparkAddress(address));
  await engine.close();
  return engine.name;
}
