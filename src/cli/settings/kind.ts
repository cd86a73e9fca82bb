import { InvalidArgumentError } from 'commander';
import { duration, integer, list, type NumberLimits, number, yesOrNo } from '../parse.js';

type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'array';

/** What a setting may be in the configuration file: the part of JSON Schema that settings need. */
export interface Schema {
  /** A keyword below holds for values of the type that it is about, and for no other. */
  readonly type: JsonType | readonly JsonType[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minItems?: 1;
  readonly items?: { readonly type: 'string'; readonly pattern: string };
}

/** What values of a setting are like. */
export interface Kind<Value = unknown> {
  /** In words, with unit and limits. */
  readonly takes: string;
  readonly schema: Schema;
  /** Reads it as flags and variables write it. @throws InvalidArgumentError */
  readonly parse: (text: string) => Value;
  /** A file or folder: in the configuration file it is relative to that file, unless it has a scheme (`s3a://…`). */
  readonly path?: true;
}

export const text = (takes: string): Kind<string> => ({
  takes,
  schema: { type: 'string', minLength: 1 },
  parse: String,
});

export const path = (takes: string): Kind<string> => ({ ...text(takes), path: true });

/** Text of a form. */
export function like(takes: string, form: RegExp): Kind<string> {
  return {
    takes,
    schema: { type: 'string', pattern: form.source },
    parse: (given) => {
      if (form.test(given)) return given;
      throw new InvalidArgumentError(`It takes ${takes}.`);
    },
  };
}

export function whole(minimum: number, maximum?: number): Kind<number> {
  const limits = { minimum, ...(maximum === undefined ? {} : { maximum }) };
  return {
    takes: `a whole number${words(limits)}`,
    schema: { type: 'integer', ...limits },
    parse: integer(minimum, maximum),
  };
}

export function real(limits: NumberLimits): Kind<number> {
  const { minimum, exclusiveMinimum, maximum } = limits;
  const set = Object.entries({ minimum, exclusiveMinimum, maximum }).filter(
    ([, limit]) => limit !== undefined,
  );
  return {
    takes: `a number${words(limits)}`,
    schema: { type: 'number', ...Object.fromEntries(set) },
    parse: number(limits),
  };
}

/** A length of time; its value is in milliseconds. */
export const time: Kind<number> = {
  takes: 'a time such as `90s`, `30m`, `24h` or `7d`',
  schema: { type: 'string', pattern: String.raw`^\d+(\.\d+)?[smhd]$` },
  parse: duration,
};

export const yesNo: Kind<boolean> = {
  takes: '`yes` or `no`',
  schema: { type: 'boolean' },
  parse: yesOrNo,
};

export function choice<const Value extends string>(values: readonly Value[]): Kind<Value> {
  return {
    takes: values.map((value) => `\`${value}\``).join(', '),
    schema: { type: 'string', enum: values },
    parse: (given) => {
      const value = values.find((one) => one === given);
      if (value !== undefined) return value;
      throw new InvalidArgumentError(`Allowed choices are ${values.join(', ')}.`);
    },
  };
}

/** Several, separated by commas; in the file an array. */
export function several(takes: string, parse: (text: string) => string[] = list): Kind<string[]> {
  return {
    takes,
    schema: {
      type: 'array',
      minItems: 1,
      items: { type: 'string', pattern: String.raw`^[^,]*[^,\s][^,]*$` },
    },
    parse,
  };
}

/** A number, or `auto`. */
export function autoOr<Value>(parse: (text: string) => Value, maximum?: number): Kind<Value> {
  const limits = { minimum: 1, ...(maximum === undefined ? {} : { maximum }) };
  return {
    takes: `\`auto\` or a whole number${words(limits)}`,
    schema: { type: ['integer', 'string'], pattern: '^auto$', ...limits },
    parse,
  };
}

function words({ minimum, exclusiveMinimum, maximum }: NumberLimits): string {
  const low = exclusiveMinimum === undefined ? minimum : exclusiveMinimum;
  if (low === undefined) return '';
  if (exclusiveMinimum !== undefined) return ` > ${low}`;
  return maximum === undefined ? ` ≥ ${low}` : `, ${low} to ${maximum}`;
}
