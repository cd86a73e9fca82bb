/** The shape of scenario.json: what the users of a load do. */
export interface Scenario {
  readonly users: number;
  readonly seconds: number;
  readonly thresholds: {
    /** 95 % of all requests are answered faster than this. */
    readonly p95_ms: number;
    /** Most requests that may fail. */
    readonly errors: number;
  };
  /** What a user waits between an answer and the next request. */
  readonly pause_ms: Range;
  readonly actions: readonly Action[];
  /** The values of tracks are drawn evenly from these. */
  readonly features: Readonly<Record<string, Range>>;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** One kind of request. */
export interface Action {
  readonly name: string;
  /** How often, against the weights of the others. */
  readonly weight: number;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** None: no body; one: the body is a track; more: a batch. */
  readonly tracks: number;
}
