import { type Assumptions, HOURS, type Load } from './load.js';
import { MEASURED } from './measured.js';

/** What a month asks of machines, whoever rents them out. Sizes are in GiB. */
export interface Demand {
  readonly retrain: {
    readonly times: number;
    /** Of one run, with the start of its machine. */
    readonly seconds: number;
    readonly vcpus: number;
    readonly memory: number;
    /** Files beside the memory while it runs. */
    readonly disk: number;
  };
  readonly serving: {
    /** For the busiest hour, before rounding up to whole ones. */
    readonly vcpus: number;
    /** Of one instance. */
    readonly memory: number;
    /** Files of one instance. */
    readonly disk: number;
    /** Sent to callers. */
    readonly traffic: number;
    /** New ones a second of the busiest hour. */
    readonly connections: number;
  };
  readonly stored: number;
  /** Looks of one instance at the registry. */
  readonly looks: number;
  /** Of metrics, of one instance. */
  readonly samples: number;
  readonly logs: number;
}

/** Starts of K-Means of a run unless it is told otherwise. */
const STARTS = 10;

/** Threads with which the runs were measured. */
const RUN_VCPUS = 2;

/** A service keeps at most so many tracks for playlists (`serve --playlist-tracks`). */
const MOST_INDEXED = 2_000_000;

/** Seconds from one look at a registry in a bucket to the next. */
const LOOK_SECONDS = 5;

const [GIB, MIB] = [1024 ** 3, 1024 ** 2];

const SECONDS = HOURS * 3600;

export function demandOf(load: Load, assumed: Assumptions): Demand {
  const { tracks, requestsPerMonth, retrainsPerMonth } = load;
  const { prediction, playlist, stored, scrape, logged } = MEASURED;
  const { playlistShare, vcpuSpeed, memoryUse } = assumed;
  const mix = (one: number, list: number): number => (1 - playlistShare) * one + playlistShare * list;
  const busiest = (requestsPerMonth / SECONDS) * assumed.peak;
  const coreSeconds = mix(1 / prediction.perCoreSecond, playlist.seconds);
  const indexed = Math.min(tracks, MOST_INDEXED);
  return {
    retrain: {
      times: retrainsPerMonth,
      seconds: assumed.bootSeconds + runSeconds(tracks) / vcpuSpeed,
      vcpus: RUN_VCPUS,
      memory: (between(tracks, 'peakMib') * MIB) / GIB / memoryUse,
      disk: (tracks * (stored.sourcePerTrack + stored.datasetPerTrack)) / GIB,
    },
    serving: {
      vcpus: (busiest * coreSeconds) / vcpuSpeed / assumed.utilisation,
      memory: servingBytes(indexed) / GIB / memoryUse,
      disk: (2 * indexed * stored.indexPerTrack) / GIB,
      traffic: (requestsPerMonth * mix(prediction.answered, playlist.answered) * assumed.wire) / GIB,
      connections: busiest / assumed.requestsPerConnection,
    },
    stored: storedBytes(load, assumed) / GIB,
    looks: SECONDS / LOOK_SECONDS,
    samples: (scrape.series * SECONDS) / assumed.scrapeSeconds,
    logs: (requestsPerMonth * assumed.refusedShare * logged.refused) / GIB,
  };
}

/** Of one run on the machine that was measured. */
export function runSeconds(tracks: number): number {
  return between(tracks, 'seconds');
}

/** A line from each size that was measured to the next one; a smaller catalogue counts as the smallest, a larger one goes on as the last did. */
function between(tracks: number, figure: 'seconds' | 'peakMib'): number {
  const points = MEASURED.runs.map((run) => ({
    tracks: run.tracks,
    // with as many starts as usual, as if all of the training were starts: it is less
    seconds: run.seconds + run.trainSeconds * (STARTS / run.starts - 1),
    peakMib: run.peakMib,
  }));
  const next = points.findIndex((point, i) => i > 0 && tracks <= point.tracks);
  const [low, high] = next < 0 ? [points.at(-2)!, points.at(-1)!] : [points[next - 1]!, points[next]!];
  const along = Math.max(0, (tracks - low.tracks) / (high.tracks - low.tracks));
  return low[figure] + along * (high[figure] - low[figure]);
}

/** The peak at a start, by a line through two sizes, and the index of the version before beside it. */
function servingBytes(tracks: number): number {
  const [small, large] = MEASURED.servingPeaks;
  const perTrack = ((large.mib - small.mib) * MIB) / (large.tracks - small.tracks);
  const peak = small.mib * MIB + Math.max(0, tracks - small.tracks) * perTrack;
  return peak + tracks * MEASURED.stored.indexPerTrack;
}

function storedBytes({ tracks, retrainsPerMonth }: Load, assumed: Assumptions): number {
  const { stored } = MEASURED;
  const runs = retrainsPerMonth * assumed.monthsOfRuns;
  return (
    tracks * (stored.sourcePerTrack + assumed.datasetsKept * stored.datasetPerTrack) +
    assumed.versionsKept * stored.version +
    runs * (stored.run + stored.ledger)
  );
}
