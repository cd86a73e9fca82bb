import { readTracks, streamWithPopularity, type TrackText } from '../catalogue/read-dataset.js';
import { SegueError } from '../core/errors.js';
import { readIfPresent } from '../core/files.js';
import type { DatasetFiles, Home } from '../core/home.js';
import type { EngineOptions } from '../engine/duckdb/database.js';
import { sameFeatures } from '../features/contract.js';
import { contributionsOf } from '../models/contributions.js';
import { loadModel } from '../models/files.js';
import type { Model } from '../models/format.js';
import { type CompiledModel, compile, predictOne, standardise } from '../models/predict.js';
import { registrationOf } from '../models/registry.js';
import { adjustedRand } from '../training/evidence/agreement.js';
import { inScaleOf } from '../training/identity/compare.js';

/** A track that another segment gets. */
export interface Mover {
  readonly track: TrackText;
  readonly from: string;
  readonly to: string;
  /** The feature that speaks most for the new segment over the one that it leaves; null where that one is retired. */
  readonly because: string | null;
}

/** What changes for tracks when one version takes the place of another. */
export interface ModelDiff {
  readonly from: string;
  readonly to: string;
  /** The run whose tracks were compared. */
  readonly run: string;
  readonly tracks: number;
  /** Share whose segment keeps its permanent id. */
  readonly kept_share: number;
  /** Agreement of both segmentations, whatever their ids: adjusted Rand index. */
  readonly adjusted_rand: number;
  /** Tracks by the permanent ids of both segments, the largest first; those that stay included. */
  readonly flows: readonly { readonly from: string; readonly to: string; readonly tracks: number }[];
  /** How far the centre of each segment that both have moved, in standard deviations of the first. */
  readonly moved: readonly { readonly segment_id: string; readonly distance: number }[];
  /** The best-known tracks that move. */
  readonly movers: readonly Mover[];
}

export const MOVERS = 50;

interface Candidate {
  readonly side: 'train' | 'test';
  readonly row: number;
  readonly popularity: number;
  readonly from: number;
  readonly to: number;
  readonly values: readonly number[];
}

/**
 * Compares two versions on the tracks of the later one's run, or of the earlier one's where those were removed. Nothing is held but the best-known movers.
 *
 * @throws SegueError SEGUE_MODEL_NOT_FOUND, SEGUE_MODEL_CORRUPT, SEGUE_CONTRACT_DIFFERS, SEGUE_RUN_NOT_FOUND without a dataset
 */
export async function diffModels(
  home: Home,
  from: string,
  to: string,
  engine: EngineOptions,
): Promise<ModelDiff> {
  const [a, b] = [await loadModel(home, from), await loadModel(home, to)];
  if (!sameFeatures(a.contract, b.contract))
    throw new SegueError('SEGUE_CONTRACT_DIFFERS', {
      what: 'The two versions have other features',
      value: `${from}, ${to}`,
      mend: 'Compare versions of the same feature contract.',
    });
  const { run, dataset } = await datasetOf(home, [to, from]);
  const [before, after] = [compile(a), compile(b)];
  const table = a.segments.map(() => b.segments.map(() => 0));
  let best: Candidate[] = [];
  for (const side of ['train', 'test'] as const) {
    const stream = await streamWithPopularity(filesOf(dataset, side), b.contract, engine);
    let first = 0;
    for await (const { rows, columns } of stream.chunks()) {
      for (let i = 0; i < rows; i += 1) {
        const values = columns.slice(0, -1).map((column) => column[i]!);
        const [p, c] = [predictOne(before, values).cluster_id, predictOne(after, values).cluster_id];
        table[p]![c]! += 1;
        if (idOf(a, p) === idOf(b, c)) continue;
        best.push({ side, row: first + i, popularity: columns.at(-1)![i]!, from: p, to: c, values });
        if (best.length > 4 * MOVERS) best = bestKnown(best);
      }
      first += rows;
    }
  }
  const flows = table
    .flatMap((row, p) => row.map((tracks, c) => ({ from: idOf(a, p), to: idOf(b, c), tracks })))
    .filter(({ tracks }) => tracks > 0)
    .toSorted((x, y) => y.tracks - x.tracks);
  const tracks = flows.reduce((sum, flow) => sum + flow.tracks, 0);
  const kept = flows.reduce((sum, flow) => sum + (flow.from === flow.to ? flow.tracks : 0), 0);
  return {
    from,
    to,
    run,
    tracks,
    kept_share: tracks === 0 ? 1 : kept / tracks,
    adjusted_rand: adjustedRand(table),
    flows,
    moved: movesOf(a, b),
    movers: await namedMovers(bestKnown(best), a, b, after, dataset, engine),
  };
}

async function datasetOf(
  home: Home,
  versions: readonly string[],
): Promise<{ readonly run: string; readonly dataset: DatasetFiles }> {
  for (const version of versions) {
    const run = (await registrationOf(home, version))?.run ?? null;
    if (run !== null && (await readIfPresent(home.dataset(run).report)) !== undefined)
      return { run, dataset: home.dataset(run) };
  }
  throw new SegueError('SEGUE_RUN_NOT_FOUND', {
    what: 'The tracks of neither version are in this home any more',
    value: versions.join(', '),
    mend: 'Run again with one of their sources.',
  });
}

function filesOf(dataset: DatasetFiles, side: 'train' | 'test'): { readonly x: string; readonly y: string } {
  return side === 'train' ? { x: dataset.xTrain, y: dataset.yTrain } : { x: dataset.xTest, y: dataset.yTest };
}

function idOf({ segments }: Model, c: number): string {
  return segments[c]!.segment_id;
}

/** Of unknown popularity last. */
function bestKnown(candidates: readonly Candidate[]): Candidate[] {
  const known = ({ popularity }: Candidate): number => (Number.isNaN(popularity) ? -1 : popularity);
  return candidates.toSorted((a, b) => known(b) - known(a)).slice(0, MOVERS);
}

function movesOf(a: Model, b: Model): ModelDiff['moved'] {
  const now = inScaleOf(a.scaler, b);
  return a.segments.flatMap(({ segment_id }, p) => {
    const c = b.segments.findIndex((segment) => segment.segment_id === segment_id);
    if (c === -1) return [];
    return [{ segment_id, distance: Math.hypot(...now[c]!.map((z, j) => z - a.centroids[p]![j]!)) }];
  });
}

async function namedMovers(
  best: readonly Candidate[],
  a: Model,
  b: Model,
  after: CompiledModel,
  dataset: DatasetFiles,
  engine: EngineOptions,
): Promise<Mover[]> {
  const named = new Map<Candidate, TrackText>();
  for (const side of ['train', 'test'] as const) {
    const own = best.filter((mover) => mover.side === side);
    const rows = own.map(({ row }) => row);
    const tracks = await readTracks(filesOf(dataset, side), rows, engine);
    for (const [i, mover] of own.entries()) named.set(mover, tracks[i]!);
  }
  return best.map((mover) => ({
    track: named.get(mover)!,
    from: idOf(a, mover.from),
    to: idOf(b, mover.to),
    because: reasonOf(mover, a, b, after),
  }));
}

/** What speaks, in the later model, for the new segment over what became of the one that the track leaves. */
function reasonOf({ from, to, values }: Candidate, a: Model, b: Model, after: CompiledModel): string | null {
  const left = b.segments.findIndex(({ segment_id }) => segment_id === idOf(a, from));
  if (left === -1) return null;
  standardise(after, values);
  const contributions = contributionsOf(after, after.z, neighbour(after, to), neighbour(after, left));
  return after.features[contributions.indexOf(Math.max(...contributions))]!;
}

function neighbour(
  { z, centroids }: CompiledModel,
  cluster_id: number,
): { cluster_id: number; distance: number } {
  const d = z.length;
  return { cluster_id, distance: Math.hypot(...Array.from(z, (x, j) => x - centroids[cluster_id * d + j]!)) };
}
