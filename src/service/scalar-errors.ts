/** The part of JSON Schema that single values of our requests are written in. */
export interface ScalarRules {
  readonly type?: 'number' | 'integer' | 'string' | 'boolean';
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

/** Takes one broken rule: its keyword, what it allows, what was sent, and the end of the sentence that the field begins. */
export type Report = (rule: string, limit: string | number, value: unknown, complaint: string) => void;

/** Reports each rule that a value breaks which is neither object nor array. */
export function explainScalar(rules: ScalarRules, value: unknown, report: Report): void {
  if (rules.enum !== undefined) {
    const known = rules.enum.join(', ');
    if (!rules.enum.includes(value as string | number))
      report('enum', known, value, `must be one of ${known}`);
    return;
  }
  switch (rules.type) {
    case 'number':
    case 'integer':
      if (typeof value === 'number') explainNumber(rules, value, report);
      else wrongType(rules.type, value, report);
      break;
    case 'string':
      if (typeof value === 'string') explainString(rules, value, report);
      else wrongType(rules.type, value, report);
      break;
    case 'boolean':
      if (typeof value !== 'boolean') wrongType(rules.type, value, report);
      break;
    case undefined: // anything goes
      break;
    default:
      rules.type satisfies never;
  }
}

const ARTICLES = {
  number: 'a number',
  integer: 'an integer',
  string: 'a text',
  boolean: 'true or false',
} as const;

function wrongType(type: keyof typeof ARTICLES, value: unknown, report: Report): void {
  report('type', type, value, `must be ${ARTICLES[type]}`);
}

function explainNumber(rules: ScalarRules, value: number, report: Report): void {
  if (!Number.isFinite(value)) {
    report('type', 'number', String(value), 'must be a number that a 64-bit float can hold');
    return;
  }
  if (rules.type === 'integer' && !Number.isInteger(value))
    report('type', 'integer', value, `must be an integer; it is ${value}`);
  const { minimum, exclusiveMinimum, maximum } = rules;
  const broken = (rule: string, limit: number, sign: string): void =>
    report(rule, limit, value, `must be ${sign} ${limit}; it is ${value}`);
  if (minimum !== undefined && value < minimum) broken('minimum', minimum, '>=');
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    broken('exclusiveMinimum', exclusiveMinimum, '>');
  if (maximum !== undefined && value > maximum) broken('maximum', maximum, '<=');
}

const SURROGATE_PAIRS = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

/** Lengths count code points, as JSON Schema does. */
function explainString(rules: ScalarRules, value: string, report: Report): void {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = rules;
  const length = value.length - (value.match(SURROGATE_PAIRS)?.length ?? 0);
  if (length < minLength)
    report('minLength', minLength, value, `must have at least ${minLength} characters; it has ${length}`);
  if (length > maxLength)
    report('maxLength', maxLength, value, `must have at most ${maxLength} characters; it has ${length}`);
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value))
    report('pattern', pattern, value, `must match ${pattern}`);
}

/** `number > 40`, `number >= 0 and <= 1`, `one of full, lean`. */
export function describeScalar(rules: ScalarRules): string {
  if (rules.enum !== undefined) return `one of ${rules.enum.join(', ')}`;
  const { type = 'any value', minimum, exclusiveMinimum, maximum } = rules;
  const bounds = [
    minimum === undefined ? undefined : `>= ${minimum}`,
    exclusiveMinimum === undefined ? undefined : `> ${exclusiveMinimum}`,
    maximum === undefined ? undefined : `<= ${maximum}`,
  ].filter((bound) => bound !== undefined);
  return bounds.length === 0 ? type : `${type} ${bounds.join(' and ')}`;
}
