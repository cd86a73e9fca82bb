import { basename, dirname } from 'node:path';
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { SegueError } from '../../core/errors.js';
import type { Environment } from '../../secrets/near-secret.js';
import type { Configuration, Given } from './configuration.js';
import { nearestName } from './nearest-name.js';
import { readReference } from './reference.js';
import { isSetIn, variableOf } from './setting.js';
import { SETTINGS } from './table.js';
import { readValue } from './value.js';

/** What is wrong with one setting. Its value is told only where it can't be a secret. */
export interface Fault {
  readonly what: string;
  readonly value?: string;
  readonly limit?: string;
  readonly mend: string;
}

/** Names that the file may have. */
const KNOWN = [...SETTINGS].filter(([, { outside }]) => outside === undefined).map(([name]) => name);

/**
 * What a configuration file says. Strict JSON: other programs read and write it too.
 *
 * @param file its path: relative paths in it begin at its folder
 * @param env where it may say that secrets are
 */
export function judgeConfiguration(
  text: string,
  file: string,
  env: Environment,
): Pick<Configuration, 'given' | 'faults'> {
  const errors: ParseError[] = [];
  const json = text.replace(/^\uFEFF/, '');
  const root = parseTree(json, errors, { disallowComments: true });
  const fault = (offset: number, { what, ...rest }: Fault): SegueError => {
    const where = `${basename(file)}, line ${json.slice(0, offset).split('\n').length}`;
    return new SegueError('SEGUE_CONFIG_INVALID', { what: `${where}: ${what}`, ...rest });
  };
  const [error] = errors;
  if (error !== undefined) return { given: new Map(), faults: [fault(error.offset, notJson(error))] };
  if (root?.type !== 'object') return { given: new Map(), faults: [fault(0, NO_OBJECT)] };

  const given = new Map<string, Given>();
  const faults: SegueError[] = [];
  const seen = new Set<string>();
  for (const { offset, children } of root.children ?? []) {
    const [key, value] = children as [Node, Node];
    const name = String(key.value);
    if (name === '$schema') continue;
    const found = seen.has(name)
      ? { what: `«${name}» is there twice`, mend: 'Remove one of them.' }
      : judge(name, value, file, env);
    seen.add(name);
    if (found === undefined) continue;
    if ('variable' in found) given.set(name, found);
    else faults.push(fault(offset, found));
  }
  return { given, faults };
}

/** @returns undefined where the environment says it, so that what the file refers to need not be there */
function judge(name: string, node: Node, file: string, env: Environment): Given | Fault | undefined {
  const setting = KNOWN.includes(name) ? SETTINGS.get(name) : undefined;
  if (setting === undefined) return unknown(name);
  const value: unknown = getNodeValue(node);
  if (setting.secret === undefined) {
    const read = readValue(setting.kind, value, dirname(file));
    return typeof read === 'string'
      ? { variable: variableOf(name, setting), text: read }
      : { ...read, what: `«${name}» ${read.what}` };
  }
  if (isSetIn(env, name, setting)) return undefined;
  return readReference(name, setting, value, dirname(file), env);
}

function unknown(name: string): Fault {
  const nearest = nearestName(name, KNOWN);
  return {
    what: `«${name}» is no setting`,
    mend:
      nearest === undefined ? 'docs/configuration.md lists them all.' : `Write «${nearest}», or remove it.`,
  };
}

const NO_OBJECT: Fault = {
  what: 'the file holds no JSON object',
  limit: '{ "<setting>": <value>, … }',
  mend: 'Begin with {} and add settings.',
};

function notJson({ error }: ParseError): Fault {
  const code = printParseErrorCode(error).replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`);
  return {
    what: `not JSON: ${code.toLowerCase()}`,
    limit: 'JSON, without comments and without a comma after the last',
    mend: 'Correct that line, or the end of the one before.',
  };
}
