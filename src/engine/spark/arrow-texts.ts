import { TimeUnit } from 'apache-arrow';

/** Microseconds in a unit of Arrow; Spark sends nothing finer. */
export const MICROSECONDS: Readonly<Record<TimeUnit, bigint>> = {
  [TimeUnit.SECOND]: 1_000_000n,
  [TimeUnit.MILLISECOND]: 1000n,
  [TimeUnit.MICROSECOND]: 1n,
  [TimeUnit.NANOSECOND]: 0n,
};

const MS_PER_DAY = 86_400_000;

/** @param days since 1970-01-01 */
export function dayText(days: number): string {
  return new Date(days * MS_PER_DAY).toISOString().replace(/T.*/, '');
}

/**
 * @param microseconds since 1970-01-01T00:00:00Z
 * @param isInstant whether it is a moment, and not a time on a wall
 */
export function timestampText(microseconds: bigint, isInstant: boolean): string {
  const part = ((microseconds % 1000n) + 1000n) % 1000n;
  const ms = new Date(Number((microseconds - part) / 1000n)).toISOString().replace('Z', '');
  return `${ms}${String(part).padStart(3, '0')}${isInstant ? 'Z' : ''}`;
}

/**
 * @param words the four of a 128-bit two's complement, the least first
 * @param scale digits behind the point
 */
export function decimalText(words: Uint32Array, scale: number): string {
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const whole = BigInt.asIntN(128, unsigned);
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const sign = whole < 0n ? '-' : '';
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
