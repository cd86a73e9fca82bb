/** How much a key may ask for: `rate` requests a second in the long run, `burst` at once. */
export interface RateLimit {
  readonly rate: number;
  readonly burst: number;
}

/** A limit without its burst allows one second's worth at once. */
export function rateLimit(rate: number, burst: number = Math.max(1, Math.ceil(rate))): RateLimit {
  return { rate, burst };
}

/**
 * One caller's limit under way. GCRA, the generic cell rate algorithm in its form of virtual scheduling (ITU-T I.371, annex A): a
 * token bucket that is one number, the time at which the caller would be even again.
 */
export interface Meter {
  /** Milliseconds that one request takes up. */
  readonly spacingMs: number;
  /** Milliseconds that the caller may be ahead. */
  readonly toleranceMs: number;
  /** `RateLimit-Policy` header: burst as quota, and the seconds in which it fills up. */
  readonly policy: string;
  /** Theoretical arrival time: when the caller is even, on the clock that is handed to `take`. */
  evenAtMs: number;
}

/** @param share this process's part where several share the callers: each of N takes 1/N */
export function meterOf({ rate, burst }: RateLimit, share: number): Meter {
  const own = { rate: rate * share, burst: Math.max(1, burst * share) };
  const spacingMs = 1000 / own.rate;
  return {
    spacingMs,
    toleranceMs: (own.burst - 1) * spacingMs,
    policy: `"key";q=${Math.floor(own.burst)};w=${Math.max(1, Math.ceil(own.burst / own.rate))}`,
    evenAtMs: 0,
  };
}

/**
 * Takes one request out of the meter.
 *
 * @param nowMs of a clock that never goes back
 * @returns 0 where the request is within the limit, else the milliseconds until one is
 */
export function take(meter: Meter, nowMs: number): number {
  const evenAt = meter.evenAtMs > nowMs ? meter.evenAtMs : nowMs;
  const aheadMs = evenAt - nowMs - meter.toleranceMs;
  if (aheadMs > 0) return aheadMs;
  meter.evenAtMs = evenAt + meter.spacingMs;
  return 0;
}

/** `RateLimit` header (draft-ietf-httpapi-ratelimit-headers-10): requests left now, and seconds until all are. */
export function rateLimitHeader({ evenAtMs, toleranceMs, spacingMs }: Meter, nowMs: number): string {
  const aheadMs = Math.max(0, evenAtMs - nowMs);
  const left = Math.max(0, Math.floor((toleranceMs - aheadMs) / spacingMs + 1));
  return `"key";r=${left};t=${Math.ceil(aheadMs / 1000)}`;
}

/** `Retry-After` header, in whole seconds. */
export function retryAfter(waitMs: number): string {
  return String(Math.max(1, Math.ceil(waitMs / 1000)));
}
