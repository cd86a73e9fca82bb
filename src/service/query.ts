import type { TObject } from '../core/typebox.js';
import { type FieldError, shorten } from './field-error.js';
import { compileCheck, MAX_ERRORS } from './field-errors.js';
import type { ScalarRules } from './scalar-errors.js';

/** Parameters as the query string has them; one that is given several times is an array. */
export type RawQuery = Readonly<Record<string, string | readonly string[]>>;

/** Parameters that fit their schema, numbers and booleans made of their text; or every broken rule. */
export type ReadQuery =
  | { readonly value: Readonly<Record<string, unknown>> }
  | { readonly errors: readonly FieldError[] };

const NOTHING: ReadQuery = { value: {} };

/**
 * Makes a reader of query parameters. A number is what JSON calls a number (no `+1`, `0x1`, ` 1` or empty text), an integer has digits
 * only, a boolean is `true` or `false`; a parameter that is unknown or given twice is an error. Errors point to `?name`.
 *
 * @param schema an object whose properties are single values
 */
export function compileQuery(schema: TObject): (query: RawQuery) => ReadQuery {
  const check = compileCheck(schema);
  const properties = schema.properties as Readonly<Record<string, ScalarRules>>;
  const empty = check({}).length === 0 ? NOTHING : undefined;
  return (query) => {
    const names = Object.keys(query);
    if (names.length === 0 && empty !== undefined) return empty;
    const repeated = names.filter((name) => typeof query[name] !== 'string');
    const value: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const name of names) {
      const sent = query[name]!;
      const text = typeof sent === 'string' ? sent : sent[0]!;
      value[name] = Object.hasOwn(properties, name) ? valueOf(properties[name]!, text) : text;
    }
    const errors = [
      ...repeated.map((name) => givenTwice(name, query[name]!.length)),
      ...check(value).map((error) => ({ ...error, pointer: `?${error.pointer.slice('#/'.length)}` })),
    ];
    return errors.length === 0 ? { value } : { errors: errors.slice(0, MAX_ERRORS) };
  };
}

/** The number or boolean that the text stands for; text that stands for none is left for the check to refuse. */
export function valueOf({ type }: ScalarRules, text: string): unknown {
  if (type === 'boolean') return text === 'true' || (text === 'false' ? false : text);
  if (type === 'integer') return INTEGER.test(text) ? Number(text) : text;
  if (type === 'number') return JSON_NUMBER.test(text) ? Number(text) : text;
  return text;
}

const INTEGER = /^(?:0|-?[1-9]\d*)$/;

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function givenTwice(parameter: string, times: number): FieldError {
  const field = shorten(parameter);
  return {
    field,
    pointer: `?${encodeURIComponent(field)}`,
    rule: 'maxItems',
    limit: 1,
    value: times,
    message: `${field} may be given once; it is given ${times} times.`,
  };
}
