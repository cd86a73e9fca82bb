/** Made by `npm run measured` of bench/results; don't change it here. */
export const MEASURED = {
  /** Of the footprint; the other benches name theirs. */
  machine: 'Machine: 2 cores (AMD EPYC), 24 GiB; Node 20.20.2, linux x64; 2026-11-29.',
  /** A whole run: seconds, those of its training, memory at most (bench/results/pipeline.md, scale.md). */
  runs: [
    { tracks: 1160000, starts: 10, seconds: 7.56, trainSeconds: 2.22, peakMib: 1028 },
    { tracks: 10000000, starts: 3, seconds: 31.5, trainSeconds: 8.3, peakMib: 5167 },
    { tracks: 100000000, starts: 3, seconds: 440.4, trainSeconds: 76.3, peakMib: 10214 },
  ],
  /** A segment for a track: answers of a core in a second (service.json), bytes of an answer with its headers (footprint.json). */
  prediction: {
    perCoreSecond: 43472,
    answered: 1177,
  },
  /** A list of 200 tracks: seconds of a core (p50 of playlists.json); bytes of one of 30 (footprint.json). */
  playlist: { seconds: 0.00768, answered: 12449 },
  /** Bytes at rest (footprint.json). */
  stored: {
    sourcePerTrack: 146.1,
    datasetPerTrack: 69.4,
    indexPerTrack: 142.3,
    version: 60543,
    run: 16130,
    ledger: 1048,
  },
  /** Memory of a service that starts, with the process that makes its index (footprint.json). */
  servingPeaks: [
    { tracks: 116000, mib: 322 },
    { tracks: 1160000, mib: 716 },
  ],
  /** Bytes of the log for a refused request; answered ones leave none (footprint.json). */
  logged: { refused: 233 },
  /** Samples of one scrape of one process (footprint.json). */
  scrape: { series: 423 },
} as const;
