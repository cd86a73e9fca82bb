import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { schemeOf } from '../../core/scheme.js';
import type { Fault } from './judge.js';
import type { Kind, Schema } from './kind.js';

/** How each type is written. */
const WRITTEN: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number without quotes',
  integer: 'a whole number without quotes',
  boolean: 'true or false, without quotes',
  array: 'an array of texts, ["…", "…"], none of them empty or with a comma',
};

/** A value of the configuration file as a variable would hold it, or what is wrong with it. */
export function readValue(kind: Kind, value: unknown, folder: string): string | Fault {
  const types = [kind.schema.type].flat();
  const text = types.some((type) => fits(value, type, kind.schema)) ? String(value) : undefined;
  if (text === undefined || text === '') {
    const mend = `It takes ${types.map((type) => written(type, kind.schema)).join(', or ')}.`;
    return {
      what: 'cannot be that',
      value: shown(JSON.stringify(value)),
      limit: plainText(kind.takes),
      mend,
    };
  }
  const wrong = faultOf(kind, text);
  if (wrong !== undefined) return wrong;
  return kind.path === true && schemeOf(text) === undefined ? resolve(folder, text) : text;
}

/** What is wrong with a text that should be of a kind; undefined where nothing is. */
export function faultOf(kind: Kind, text: string): Fault | undefined {
  try {
    kind.parse(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    return { what: 'cannot be that', value: shown(text), limit: plainText(kind.takes), mend: error.message };
  }
}

/** A value for people: of a URL, no password. */
export function shown(text: string): string {
  return text.replaceAll(/\/\/[^/@\s]*:[^/@\s]*@/g, '//…@').slice(0, 200);
}

function written(type: string, schema: Schema): string | undefined {
  return isMixed(type, schema) ? `"${schema.pattern?.slice(1, -1)}"` : WRITTEN[type];
}

/** Whether texts are meant that stand beside another type, such as `auto` instead of a number: the pattern tells which. */
function isMixed(type: string, { type: types }: Schema): boolean {
  return type === 'string' && Array.isArray(types);
}

function fits(value: unknown, type: string, schema: Schema): boolean {
  if (type === 'array') {
    const pattern = new RegExp(schema.items?.pattern ?? '');
    return Array.isArray(value) && value.every((item) => typeof item === 'string' && pattern.test(item));
  }
  if (typeof value !== (type === 'integer' ? 'number' : type)) return false;
  return !isMixed(type, schema) || new RegExp(schema.pattern ?? '').test(value as string);
}

/** Without the page's back-ticks. */
export function plainText(takes: string): string {
  return takes.replaceAll('`', '');
}
