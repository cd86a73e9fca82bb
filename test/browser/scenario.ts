import { allocateColumns, type Columns } from '#segue/core/columns.js';
import { silent } from '#segue/core/progress.js';
import { seededRandom } from '#segue/core/random.js';
import type { Pool } from '#segue/kernels/pool.js';
import { sampledRows } from '#segue/kernels/programs/systematic-sample.js';
import { blockSource } from '#segue/kernels/row-source.js';
import { assign } from '#segue/training/assign.js';
import { silhouetteSimplified, silhouetteSqeuclidean } from '#segue/training/centre-silhouettes.js';
import { allScores, someScores } from '#segue/training/euclidean-scores.js';
import { compareSegments } from '#segue/training/identity/compare.js';
import { fitRows, settle } from '#segue/training/kmeans.js';
import { fitMoments } from '#segue/training/moments.js';
import { labelsOf, loadRows, rowsOf, streamOf } from '#segue/training/rows.js';
import { fitScaler } from '#segue/training/scaler.js';
import { sharedFloats } from '#segue/training/shared.js';
import { summarise } from '#segue/training/summaries.js';

/** What a run of all programs found: each figure as the SHA-256 of all its bits, and the inertia to look at. */
export interface Findings {
  readonly inertia: number;
  readonly programs: readonly string[];
  readonly digests: Readonly<Record<string, string>>;
}

/** Above the rows from which a pool uses its threads. */
const ROWS = 20_000;

const GROUPS = 5;

/** Trains on seeded data and measures the result. The same code runs in Node and in a browser. */
export async function runScenario(pool: Pool, features: number): Promise<Findings> {
  const { watched, programs } = watch(pool);
  const columns = makeColumns(features);
  const moments = await fitMoments(columns, watched);
  const scaler = await fitScaler(columns, watched);
  const rows = await rowsOf(columns, scaler, GROUPS, watched);
  const options = { seed: 7, starts: 3 };
  const fits = await fitRows(rows, [GROUPS - 1, GROUPS], options, watched, silent);
  const segmentation = await settle(rows, fits[1]!, watched);
  const { centroids, inertia } = segmentation;
  const labels = await labelsOf(rows, watched);
  const blocks = { source: blockSource(rows.blocks), k: GROUPS };
  const streamed = await loadRows(streamOf(columns), { largestK: GROUPS, scalerOf: () => scaler }, watched);
  const drawn = columns.names.map(() => sharedFloats(sampledRows(ROWS)));
  await watched.run('systematicSample', { blocks: rows.blocks, columns: drawn }, ROWS);
  const earlier = { scaler, centroids: centroids.slice(1) };
  const figures: Record<string, unknown> = {
    moments,
    scaler,
    fits,
    segmentation,
    labels,
    drawn,
    streamed: [streamed.moments, streamed.rows.places],
    predicted: await assign(columns, centroids, watched, { scaler, distances: true }),
    summaries: await summarise(rows, segmentation, moments, 3, watched),
    squared: await silhouetteSqeuclidean(blocks, watched),
    simplified: await silhouetteSimplified(blocks, centroids, watched),
    silhouettes: await allScores(blocks, watched),
    shared: (await compareSegments(rows, { scaler, centroids }, earlier, watched)).shared,
    some: await someScores(blocks, [0, 999, ROWS - 1], watched),
  };
  const digests: Record<string, string> = {};
  for (const [name, figure] of Object.entries(figures)) digests[name] = await digest(figure);
  return { inertia, programs: [...programs].toSorted(), digests };
}

/** Notes which programs a pool runs. */
function watch(pool: Pool): { readonly watched: Pool; readonly programs: ReadonlySet<string> } {
  const programs = new Set<string>();
  const run: Pool['run'] = (program, job, rows, progress) => {
    programs.add(program);
    return pool.run(program, job, rows, progress);
  };
  return { watched: { ...pool, run }, programs };
}

/** Overlapping groups. Uniform numbers only: sine and logarithm may differ in their last digit from engine to engine. */
function makeColumns(features: number): Columns {
  const random = seededRandom(11);
  const columns = allocateColumns(
    Array.from({ length: features }, (_, j) => `x${j}`),
    ROWS,
  );
  const middles = Array.from({ length: GROUPS }, () => columns.data.map(() => 3 * random.next()));
  for (let row = 0; row < ROWS; row++) {
    const middle = middles[random.below(GROUPS)]!;
    columns.data.forEach((column, j) => {
      column[row] = middle[j]! + random.next() + random.next() + random.next();
    });
  }
  return columns;
}

/** SHA-256 of a value's text, in which every number stands with all its bits. */
async function digest(value: unknown): Promise<string> {
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (ArrayBuffer.isView(part)) return Array.from(part as Float64Array);
    if (typeof part !== 'number') return part;
    return new BigUint64Array(Float64Array.of(part).buffer)[0]!.toString(16);
  });
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
