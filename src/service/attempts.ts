import { type Meter, meterOf, type RateLimit, take } from './rate.js';

/** Failed attempts that a client address is answered 401 for: so many at once, then one every so often; more are 429. */
export const FAILED_ATTEMPTS: RateLimit = { rate: 1, burst: 20 };

/** Addresses that are remembered; beyond them the one that failed first is forgotten. */
const MOST_ADDRESSES = 10_000;

/** Counts failed attempts for each client address. */
export interface Attempts {
  /** Counts one; returns the milliseconds that the address should wait, 0 while it is within the limit. */
  failed(address: string): number;
}

export interface AttemptsParts {
  readonly limit: RateLimit;
  /** Milliseconds on a clock that never goes back. */
  readonly ticks: () => number;
  readonly mostAddresses?: number;
}

/**
 * A key that works is let through whatever its address did before: guessing 256 bits is hopeless anyway, and callers behind one proxy
 * share an address. So this bounds what failures cost, not who may come in.
 */
export function countAttempts({ limit, ticks, mostAddresses = MOST_ADDRESSES }: AttemptsParts): Attempts {
  const meters = new Map<string, Meter>();
  return {
    failed(address) {
      const network = networkOf(address);
      let meter = meters.get(network);
      if (meter === undefined) {
        if (meters.size >= mostAddresses) meters.delete(meters.keys().next().value ?? '');
        meter = meterOf(limit, 1);
        meters.set(network, meter);
      }
      return take(meter, ticks());
    },
  };
}

/** What one client is given to choose addresses from: an IPv4 address, or the first 64 bits of an IPv6 one. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const all = [...groups, ...Array<string>(zeros).fill('0'), ...(tail ? tail.split(':') : [])];
  return all.slice(0, 4).join(':');
}
