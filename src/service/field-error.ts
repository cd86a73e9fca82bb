import { toUSVString } from 'node:util';

/** One broken rule of a request. */
export interface FieldError {
  /** Name of the field or query parameter, or its path inside of nested ones; `body` for the whole body. */
  readonly field: string;
  /**
   * Where it is, as a URI reference: `#/items/3/tempo` is a JSON pointer into the body (RFC 6901, section 6), `?limit` a query parameter.
   */
  readonly pointer: string;
  /** Keyword of the schema that is broken: `minimum`, `required`, `type`, … */
  readonly rule: string;
  readonly limit: string | number;
  /** What was sent, when it is short. */
  readonly value?: string | number | boolean | null;
  readonly message: string;
}

/** Longest text of a caller that an answer repeats. */
const MAX_TEXT = 64;

/**
 * Words one broken rule.
 *
 * @param path names from the body down to the field; none for the body itself
 * @param value what was sent; repeated if it is short
 * @param complaint end of the sentence that the field begins
 */
export function fieldError(
  path: readonly string[],
  rule: string,
  limit: string | number,
  value: unknown,
  complaint: string,
): FieldError {
  const field = path.length === 0 ? 'body' : shorten(path.join('.'));
  return {
    field,
    pointer: `#${path.map(pointerToken).join('')}`,
    rule,
    limit,
    ...showable(value),
    message: `${path.length === 0 ? 'The body' : field} ${complaint}.`,
  };
}

function showable(value: unknown): Pick<FieldError, 'value'> {
  if (typeof value === 'string') return { value: shorten(value) };
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) {
    return { value: typeof value === 'number' && !Number.isFinite(value) ? String(value) : value };
  }
  return {};
}

/** RFC 6901: `~` and `/` escaped, then percent-encoded for a URI fragment. */
function pointerToken(name: string): string {
  return `/${encodeURIComponent(shorten(name).replaceAll('~', '~0').replaceAll('/', '~1'))}`;
}

/** Cuts what a caller made up, so that an answer isn't much longer than the request; lone surrogates are replaced. */
export function shorten(text: string): string {
  return toUSVString(text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
}
