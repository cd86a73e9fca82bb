/** Whether two sides gave the same result. */
export interface Check {
  readonly what: string;
  readonly value: number;
  /** Largest value that is agreement. */
  readonly limit: number;
}

export function failed({ value, limit }: Check): boolean {
  return !(value <= limit); // NaN fails
}

export function relativeGap(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(Math.abs(b), Number.MIN_VALUE);
}

/** A check in one line of Markdown's lists. */
export function renderCheck(check: Check): string {
  return `- ${failed(check) ? '**Disagrees**' : 'Agrees'}: ${check.what}: ${shortly(check.value)} (limit ${shortly(check.limit)})`;
}

function shortly(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toExponential(1);
}
