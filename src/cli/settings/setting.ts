import type { Environment, SecretPlace } from '../../secrets/near-secret.js';
import type { Kind } from './kind.js';

/** Something that may be the same from one command to the next. Its name is its name in the configuration file. */
export interface Setting<Value = unknown> {
  readonly kind: Kind<Value>;
  /** What it is, in one line. */
  readonly what: string;
  /** The flag's argument, such as `<number>`; without one there is no flag. */
  readonly argument?: `<${string}>` | '[yes|no]';
  /** What holds where nothing else says it, as a variable would give it. */
  readonly fallback?: string;
  /** The same in words, where it isn't the same everywhere or is no value. */
  readonly unless?: string;
  /** Name of its variable, where others have given it one. */
  readonly variable?: string;
  /** A secret, and where it may be: the variable itself, and what follows its name in those that say where else. */
  readonly secret?: readonly SecretPlace[];
  /** Of the configuration file itself, which can't say it. */
  readonly outside?: true;
}

/** Settings that the same commands use. */
export interface Group<
  Settings extends Readonly<Record<string, Setting>> = Readonly<Record<string, Setting>>,
> {
  readonly title: string;
  /** Names of commands; a group without flags has them in words. */
  readonly commands: readonly string[] | string;
  /** What is to be known of all of them. */
  readonly note?: string;
  readonly settings: Settings;
}

type ValueOf<S> = S extends Setting<infer V> ? V : never;

/** What a group's flags come to: those with a fallback always have a value. */
export type ValuesOf<G extends Group> = {
  readonly [N in keyof G['settings'] as G['settings'][N] extends { fallback: string } ? N : never]: ValueOf<
    G['settings'][N]
  >;
} & {
  readonly [N in keyof G['settings'] as G['settings'][N] extends { fallback: string } ? never : N]?: ValueOf<
    G['settings'][N]
  >;
};

/** `minSilhouette` is `--min-silhouette`. */
export function flagOf(name: string): string {
  return `--${kebab(name)}`;
}

/** `minSilhouette` is SEGUE_MIN_SILHOUETTE, unless others have named it. */
export function variableOf(name: string, { variable }: Setting): string {
  return variable ?? `SEGUE_${kebab(name).replaceAll('-', '_').toUpperCase()}`;
}

/** All its variables: a secret has one for each place that it may be in. */
export function variablesOf(name: string, setting: Setting): string[] {
  return (setting.secret ?? ['']).map((place) => variableOf(name, setting) + place);
}

/** Whether the environment says it; an empty variable says nothing. */
export function isSetIn(env: Environment, name: string, setting: Setting): boolean {
  return variablesOf(name, setting).some((variable) => (env[variable] ?? '') !== '');
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
