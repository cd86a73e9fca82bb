import { Compile, type TSchema } from '../core/typebox.js';
import { type FieldError, fieldError } from './field-error.js';
import { describeScalar, explainScalar, type ScalarRules } from './scalar-errors.js';

/** Errors listed in one answer; a hostile request can hold thousands. */
export const MAX_ERRORS = 100;

/**
 * Makes a check of a schema: no errors for a value that fits, else each broken rule (at most MAX_ERRORS). It knows the keywords that
 * our requests use: objects of required and optional fields, of which exactly one may be asked for, arrays, values of one of several
 * types, and single values with their bounds. Nothing is coerced.
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
type Rules = ObjectRules | ArrayRules | UnionRules | ScalarRules;

interface ObjectRules {
  readonly type: 'object';
  readonly properties?: Readonly<Record<string, Rules>>;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  /** Names of which exactly one must be there. */
  readonly oneOf?: readonly { readonly required: readonly [string] }[];
}

interface UnionRules {
  readonly type?: never;
  readonly anyOf: readonly Rules[];
}

interface ArrayRules {
  readonly type: 'array';
  readonly items?: Rules;
  readonly minItems?: number;
  readonly maxItems?: number;
}

function explain(rules: Rules, value: unknown, path: readonly string[], errors: FieldError[]): void {
  if (rules.type === 'object') {
    if (isObject(value)) explainObject(rules, value, path, errors);
    else add(errors, path, 'type', 'object', value, 'must be a JSON object');
  } else if (rules.type === 'array') {
    if (Array.isArray(value)) explainArray(rules, value, path, errors);
    else add(errors, path, 'type', 'array', value, 'must be an array');
  } else if ('anyOf' in rules) {
    explainUnion(rules, value, path, errors);
  } else {
    explainScalar(rules, value, (...rule) => add(errors, path, ...rule));
  }
}

function explainObject(
  { properties = {}, required = [], minProperties = 0, oneOf }: ObjectRules,
  value: Readonly<Record<string, unknown>>,
  path: readonly string[],
  errors: FieldError[],
): void {
  for (const [name, rules] of Object.entries(properties)) {
    const at = [...path, name];
    if (Object.hasOwn(value, name)) explain(rules, value[name], at, errors);
    else if (required.includes(name)) add(errors, at, 'required', describe(rules), undefined, 'is missing');
  }
  const known = Object.keys(properties).join(', ');
  for (const name of Object.keys(value)) {
    if (errors.length >= MAX_ERRORS) return;
    if (!Object.hasOwn(properties, name)) {
      add(errors, [...path, name], 'additionalProperties', known, value[name], `is not known (${known})`);
    }
  }
  const count = Object.keys(value).length;
  if (count < minProperties) {
    const complaint = `must have at least ${minProperties} of ${known}; it has ${count} fields`;
    add(errors, path, 'minProperties', minProperties, count, complaint);
  }
  if (oneOf !== undefined) {
    const choices = oneOf.flatMap((choice) => choice.required);
    const given = choices.filter((name) => Object.hasOwn(value, name));
    const complaint = `must have exactly one of ${choices.join(', ')}; it has ${given.join(', ') || 'none'}`;
    if (given.length !== 1) add(errors, path, 'oneOf', choices.join(', '), undefined, complaint);
  }
}

/** Of the rule whose type the value has, what it breaks of it; else, that it has none of the types. */
function explainUnion(
  { anyOf }: UnionRules,
  value: unknown,
  path: readonly string[],
  errors: FieldError[],
): void {
  const found = anyOf.map((rules) => {
    const broken: FieldError[] = [];
    explain(rules, value, path, broken);
    return broken;
  });
  if (found.some((broken) => broken.length === 0)) return;
  const near = found.find((broken) => broken.every(({ rule }) => rule !== 'type'));
  if (near !== undefined) {
    for (const error of near) if (errors.length < MAX_ERRORS) errors.push(error);
    return;
  }
  const limit = anyOf.map(describe).join(' or ');
  add(errors, path, 'anyOf', limit, value, `must be ${limit}`);
}

function explainArray(
  rules: ArrayRules,
  value: readonly unknown[],
  path: readonly string[],
  errors: FieldError[],
): void {
  const { items = {}, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = rules;
  const { length } = value;
  if (length < minItems)
    add(errors, path, 'minItems', minItems, length, `must have at least ${minItems} items; it has ${length}`);
  if (length > maxItems)
    add(errors, path, 'maxItems', maxItems, length, `must have at most ${maxItems} items; it has ${length}`);
  if (Object.keys(items).length === 0) return;
  for (const [i, item] of value.entries()) {
    if (errors.length >= MAX_ERRORS) return;
    explain(items, item, [...path, String(i)], errors);
  }
}

function describe(rules: Rules): string {
  if (rules.type === undefined && 'anyOf' in rules) return rules.anyOf.map(describe).join(' or ');
  return rules.type === 'object' || rules.type === 'array' ? rules.type : describeScalar(rules);
}

function add(errors: FieldError[], ...rule: Parameters<typeof fieldError>): void {
  if (errors.length < MAX_ERRORS) errors.push(fieldError(...rule));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
