import type { Environment } from '../../secrets/near-secret.js';
import type { Configuration } from './configuration.js';
import { type Setting, variablesOf } from './setting.js';
import { GROUPS } from './table.js';
import { shown } from './value.js';

/** Where a value may come from, the strongest first. */
export const ORIGINS = ['flag', 'environment', 'file', 'default'] as const;

/** What a setting is, and who says so. */
export interface Origin {
  readonly name: string;
  readonly setting: Setting;
  readonly group: string;
  readonly origin: (typeof ORIGINS)[number];
  /** The variable that has it, of those that the environment or the file set. */
  readonly variable?: string;
  /** As a variable would give it; undefined where nothing says it and there is no fallback. */
  readonly text: string | undefined;
}

/** Of every setting, what it comes to and where from. */
export function originsOf(
  flags: Readonly<Record<string, string | undefined>>,
  env: Environment,
  { file, given }: Configuration,
): Origin[] {
  return GROUPS.flatMap(({ title, settings }) =>
    Object.entries(settings).map(([name, setting]): Origin => {
      const about = { name, setting, group: title };
      const flag = flags[name];
      if (flag !== undefined) return { ...about, origin: 'flag', text: flag };
      const variable = variablesOf(name, setting).find((one) => (env[one] ?? '') !== '');
      if (variable !== undefined) return { ...about, origin: 'environment', variable, text: env[variable] };
      const found = given.get(name);
      if (found !== undefined) return { ...about, origin: 'file', ...found };
      return { ...about, origin: 'default', text: setting.outside ? file : setting.fallback };
    }),
  );
}

/** Its value for people: of a secret, only where it is. Undefined where it has none. */
export function shownValue({ setting, variable = '', text }: Origin): string | undefined {
  if (text === undefined || setting.secret === undefined) return text && shown(text);
  const place = /_(FILE|VAULT)$/.exec(variable)?.[1]?.toLowerCase();
  return place === undefined ? '(secret)' : `(secret, in ${place} ${text})`;
}
