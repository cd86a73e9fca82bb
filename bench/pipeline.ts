/**
 * Times the whole run on a synthetic catalogue of Kaggle's size, stage by stage, side by side with PySpark and scikit-learn doing the same
 * work. Makes a Python environment for them itself; PySpark needs Java 17 or newer.
 *
 *     npm run bench:pipeline                         1,160,000 tracks, k = 8, 5 counted runs; writes results/pipeline.md
 *     npm run bench:pipeline -- --tracks 20000 --runs 1    another size: results/ is left alone
 *     npm run bench:pipeline -- --json               the last line is one JSON object
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { failed } from './check.js';
import { interleave } from './interleave.js';
import { preparePython } from './peers/python.js';
import { checksOf } from './pipeline/agree.js';
import { runSeedStack, type SeedRun } from './pipeline/seed-stack.js';
import { generateCatalogue, runSegue, type SegueRun } from './pipeline/segue.js';
import { ratioOf, renderPipeline } from './pipeline/table.js';

const exec = promisify(execFile);
const RESULT = new URL('./results/pipeline.md', import.meta.url);
const KAGGLE_TRACKS = 1_160_000;
const LEAST_RUNS = 3;

/** As many tracks as Segue scores where it has more than 50,000 (training/euclidean-silhouette.ts). */
const SILHOUETTE_POINTS = 4000;

const { values } = parseArgs({
  options: {
    tracks: { type: 'string', default: String(KAGGLE_TRACKS) },
    runs: { type: 'string', default: '5' },
    k: { type: 'string', default: '8' },
    seed: { type: 'string', default: '7' },
    threads: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
});

const tracks = Number(values.tracks);
const k = Number(values.k);
const threads = Number(values.threads);
const runs = Number(values.runs);
const python = preparePython();
const work = await mkdtemp(join(tmpdir(), 'segue-bench-'));
try {
  const catalogue = join(work, 'catalogue.csv');
  const began = performance.now();
  await generateCatalogue(tracks, Number(values.seed), catalogue);
  const generateSeconds = (performance.now() - began) / 1000;

  const segue: SegueRun[] = [];
  const seed: SeedRun[] = [];
  await interleave(
    [
      {
        name: 'Segue',
        side: 'segue',
        async run() {
          segue.push(await runSegue(catalogue, k, threads, join(work, 'home')));
          return segue.at(-1)!.seconds;
        },
      },
      {
        name: 'seed stack',
        side: 'other',
        async run() {
          const options = { python, threads, k, points: SILHOUETTE_POINTS, out: join(work, 'seed') };
          seed.push(await runSeedStack(catalogue, options));
          return seed.at(-1)!.seconds;
        },
      },
    ],
    runs,
  );

  const result = {
    tracks,
    bytes: (await stat(catalogue)).size,
    k,
    threads,
    generateSeconds,
    segue: segue.slice(1), // the first isn't counted
    seed: seed.slice(1),
    checks: checksOf(segue.at(-1)!, seed.at(-1)!),
    versions: await seedVersions(),
  };
  const report = renderPipeline(result);
  process.stdout.write(report);
  const disagreements = result.checks.filter(failed).map(({ what }) => what);
  if (disagreements.length > 0) throw new Error(`The stacks disagree: ${disagreements.join('; ')}`);
  if (tracks === KAGGLE_TRACKS && runs >= LEAST_RUNS) await writeFile(RESULT, report);
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ run_1m_vs_seed_stack: ratioOf(result) })}\n`);
  }
} finally {
  await rm(work, { recursive: true, force: true });
}

async function seedVersions(): Promise<string> {
  const names = ['pyspark', 'scikit-learn', 'numpy', 'pandas', 'pyarrow', 'joblib'];
  const program = `from importlib.metadata import version; print(", ".join(f"{n} {version(n)}" for n in ${JSON.stringify(names)}))`;
  const { stdout } = await exec(python, ['-c', program]);
  return stdout.trim();
}
