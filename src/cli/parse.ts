import { InvalidArgumentError } from 'commander';
import { readYesNo } from '../core/yes-no.js';

/** Reads a whole number of at least `minimum`, and of at most `maximum`. */
export function integer(minimum: number, maximum = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const most = maximum === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${maximum}`;
  return (text) => {
    const value = Number(text);
    if (/^-?\d+$/.test(text) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`It takes a whole number of at least ${minimum}${most}.`);
  };
}

export interface NumberLimits {
  readonly minimum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly maximum?: number | undefined;
}

/** Reads a finite number within limits. */
export function number(limits: NumberLimits): (text: string) => number {
  const { minimum, exclusiveMinimum, maximum } = limits;
  const words = [
    minimum === undefined ? undefined : `at least ${minimum}`,
    exclusiveMinimum === undefined ? undefined : `above ${exclusiveMinimum}`,
    maximum === undefined ? undefined : `at most ${maximum}`,
  ].filter((word) => word !== undefined);
  return (text) => {
    const value = Number(text);
    const within =
      value >= (minimum ?? -Infinity) &&
      value > (exclusiveMinimum ?? -Infinity) &&
      value <= (maximum ?? Infinity);
    if (text.trim() !== '' && Number.isFinite(value) && within) return value;
    throw new InvalidArgumentError(
      `It takes a number${words.length === 0 ? '' : `, ${words.join(' and ')}`}.`,
    );
  };
}

const UNITS_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Reads a length of time, such as `90s`, `30m`, `24h` or `7d`; in milliseconds. */
export function duration(text: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  if (count === undefined) {
    throw new InvalidArgumentError('It takes a length of time: a number and s, m, h or d, such as 24h.');
  }
  return Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS];
}

/** Reads yes or no, also as other programs write them. */
export function yesOrNo(text: string): boolean {
  const answer = readYesNo(text);
  if (answer !== undefined) return answer;
  throw new InvalidArgumentError('It takes yes or no.');
}

/** Reads a moment in ISO 8601. */
export function moment(text: string): Date {
  const time = new Date(text);
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(time.getTime())) return time;
  throw new InvalidArgumentError('It takes a time in ISO 8601, such as 2027-01-31T12:00:00Z.');
}

/** Reads `auto` or a number of segments. */
export function segmentCount(text: string): number | 'auto' {
  if (text === 'auto') return text;
  if (/^\d+$/.test(text) && Number(text) >= 1) return Number(text);
  throw new InvalidArgumentError('It takes «auto» or a whole number of at least 1.');
}

/** Reads a list separated by commas. */
export function list(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
