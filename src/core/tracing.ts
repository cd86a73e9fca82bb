/** Never feature values, keys, ids of tracks, or paths as sent. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanEnd {
  /** Where it is known only at the end. */
  readonly name?: string;
  readonly attributes?: SpanAttributes;
  /** What went wrong, as a code; undefined where nothing did. */
  readonly failed?: string | undefined;
}

/** Work that is under way, as one part of a trace. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  /** Begins a part of it. */
  child(name: string): Span;
  end(how?: SpanEnd): void;
}

/** Who called: the headers, or the environment, that may name a trace (W3C Trace Context). */
export interface Caller {
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
}

/** Tells a collector what took how long. */
export interface Tracing {
  /** Begins a span: of a request that was received, or of work of our own. */
  begin(name: string, kind: 'server' | 'internal', caller: Caller): Span;
  /** Sends what is left, within a few seconds. */
  close(): Promise<void>;
}
