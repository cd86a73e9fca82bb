import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { type FieldError, fieldError } from './field-error.js';

/** Errors listed in one answer; a hostile body can hold thousands. */
export const MAX_ERRORS = 100;

/**
 * Makes a check of a schema: no errors for a value that fits, else each broken rule (at most MAX_ERRORS). It knows the keywords that
 * our requests use: objects of required fields, arrays, numbers and their bounds. Nothing is coerced.
 */
export function compileCheck(schema: TSchema): (value: unknown) => readonly FieldError[] {
  const validator = Compile(schema);
  return (value) => {
    if (validator.Check(value)) return [];
    const errors: FieldError[] = [];
    explain(schema, value, [], errors);
    if (errors.length === 0)
      add(errors, [], 'schema', 'the schema of the operation', value, 'does not fit the schema');
    return errors;
  };
}

/** The part of JSON Schema that our requests are written in. */
interface Rules {
  readonly type?: 'object' | 'array' | 'number';
  readonly properties?: Readonly<Record<string, Rules>>;
  readonly items?: Rules;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

function explain(rules: Rules, value: unknown, path: readonly string[], errors: FieldError[]): void {
  switch (rules.type) {
    case 'object':
      if (isObject(value)) explainObject(rules, value, path, errors);
      else add(errors, path, 'type', 'object', value, 'must be a JSON object');
      break;
    case 'array':
      if (Array.isArray(value)) explainArray(rules, value, path, errors);
      else add(errors, path, 'type', 'array', value, 'must be an array');
      break;
    case 'number':
      if (typeof value === 'number') explainNumber(rules, value, path, errors);
      else add(errors, path, 'type', 'number', value, 'must be a number');
      break;
    case undefined: // anything goes
      break;
    default:
      rules.type satisfies never;
  }
}

function explainObject(
  { properties = {} }: Rules,
  value: Readonly<Record<string, unknown>>,
  path: readonly string[],
  errors: FieldError[],
): void {
  for (const [name, rules] of Object.entries(properties)) {
    const at = [...path, name];
    if (Object.hasOwn(value, name)) explain(rules, value[name], at, errors);
    else add(errors, at, 'required', describe(rules), undefined, 'is missing');
  }
  const known = Object.keys(properties).join(', ');
  for (const name of Object.keys(value)) {
    if (errors.length >= MAX_ERRORS) return;
    if (!Object.hasOwn(properties, name)) {
      add(
        errors,
        [...path, name],
        'additionalProperties',
        known,
        value[name],
        `is not a known field (${known})`,
      );
    }
  }
}

function explainArray(
  rules: Rules,
  value: readonly unknown[],
  path: readonly string[],
  errors: FieldError[],
): void {
  const { items = {}, maxItems = Number.POSITIVE_INFINITY } = rules;
  if (value.length > maxItems) {
    add(
      errors,
      path,
      'maxItems',
      maxItems,
      value.length,
      `must have at most ${maxItems} items; it has ${value.length}`,
    );
  }
  if (items.type === undefined) return;
  value.forEach((item, i) => {
    explain(items, item, [...path, String(i)], errors);
  });
}

function explainNumber(rules: Rules, value: number, path: readonly string[], errors: FieldError[]): void {
  if (!Number.isFinite(value)) {
    add(errors, path, 'type', 'number', String(value), 'must be a number that a 64-bit float can hold');
    return;
  }
  const { minimum, exclusiveMinimum, maximum } = rules;
  const broken = (rule: string, limit: number, sign: string): void =>
    add(errors, path, rule, limit, value, `must be ${sign} ${limit}; it is ${value}`);
  if (minimum !== undefined && value < minimum) broken('minimum', minimum, '>=');
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    broken('exclusiveMinimum', exclusiveMinimum, '>');
  if (maximum !== undefined && value > maximum) broken('maximum', maximum, '<=');
}

/** `number > 40`, `number >= 0 and <= 1`, `array`. */
function describe({ type = 'object', minimum, exclusiveMinimum, maximum }: Rules): string {
  const bounds = [
    minimum === undefined ? undefined : `>= ${minimum}`,
    exclusiveMinimum === undefined ? undefined : `> ${exclusiveMinimum}`,
    maximum === undefined ? undefined : `<= ${maximum}`,
  ].filter((bound) => bound !== undefined);
  return bounds.length === 0 ? type : `${type} ${bounds.join(' and ')}`;
}

function add(errors: FieldError[], ...rule: Parameters<typeof fieldError>): void {
  if (errors.length < MAX_ERRORS) errors.push(fieldError(...rule));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
