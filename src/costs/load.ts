/** What a month brings. */
export interface Load {
  /** Rows of the catalogue. */
  readonly tracks: number;
  readonly requestsPerMonth: number;
  readonly retrainsPerMonth: number;
}

/** What can't be measured beforehand. Every one is a guess on the dear side, and can be set. */
export interface Assumptions {
  /** Share of the processors that the busiest hour may use. */
  readonly utilisation: number;
  /** Requests a second of the busiest hour, against the month's mean. */
  readonly peak: number;
  /** A provider's virtual processor against a core of the machine that was measured. */
  readonly vcpuSpeed: number;
  /** Share of the memory that may be used. */
  readonly memoryUse: number;
  /** Fewest instances of the service: 1 is down while its machine is, 2 aren't. */
  readonly minInstances: number;
  /** Share of the requests that ask for playlists; the others ask for the segment of one track. */
  readonly playlistShare: number;
  /** Share of the requests that are refused: only those are logged. */
  readonly refusedShare: number;
  /** Seconds that a machine or container for a retrain is paid for beside the run: start, image, end. */
  readonly bootSeconds: number;
  /** Seconds from one scrape of the metrics to the next, as in deploy/prometheus/prometheus.yml. */
  readonly scrapeSeconds: number;
  /** Newest versions that are kept, as `segue prune` does by default. */
  readonly versionsKept: number;
  /** Newest runs whose cleaned tracks are kept, as `segue prune` does by default. */
  readonly datasetsKept: number;
  /** Months whose run records are kept. */
  readonly monthsOfRuns: number;
  /** Bytes on the wire against those of HTTP: TLS, TCP, IP. */
  readonly wire: number;
  /** Requests on a connection before it is closed. */
  readonly requestsPerConnection: number;
}

/** Of a month, as providers count: 365 × 24 / 12. */
export const HOURS = 730;

/** What the specification reckons for retraining, serving, storage and monitoring, euros a month. */
export const SPECIFICATION_EUR = 65;

/** Kaggle's million tracks, once a week. The specification gives no number of requests: ten million a month are four a second. */
export const SPECIFIED: Load = {
  tracks: 1_160_000,
  requestsPerMonth: 10_000_000,
  retrainsPerMonth: 52 / 12,
};

export const ASSUMED: Assumptions = {
  utilisation: 0.5,
  peak: 5,
  vcpuSpeed: 0.5,
  memoryUse: 0.75,
  minInstances: 1,
  playlistShare: 0.05,
  refusedShare: 0.01,
  bootSeconds: 120,
  scrapeSeconds: 15,
  versionsKept: 12,
  datasetsKept: 3,
  monthsOfRuns: 12,
  wire: 1.1,
  requestsPerConnection: 100,
};

/** Requests a month of which tables and charts tell the costs. */
export const LEVELS: readonly number[] = [100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

/** What the model was measured for. */
export const LIMITS = {
  tracks: { least: 1000, most: 100_000_000 },
  requestsPerMonth: { least: 0, most: 10_000_000_000 },
  retrainsPerMonth: { least: 0, most: 1000 },
} as const satisfies Readonly<Record<keyof Load, { readonly least: number; readonly most: number }>>;
