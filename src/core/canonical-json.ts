/**
 * JSON with keys sorted and no white space: equal values give equal bytes, so that a hash of it names the value.
 * Numbers are written as ECMAScript writes them (shortest form that reads back the same), as RFC 8785 asks.
 *
 * @throws TypeError for what JSON cannot hold (NaN, Infinity, functions, symbols, bigint)
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`JSON cannot hold ${typeof value === 'number' ? value : typeof value}`);
}
