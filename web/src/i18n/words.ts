import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { en, type Words } from './en.ts';
import { es } from './es.ts';

export type Language = 'en' | 'es';

/** The language of the address, else the browser's, else English. */
export function languageOf(asked: string | null): Language {
  if (asked === 'es' || asked === 'en') return asked;
  return navigator.language.startsWith('es') ? 'es' : 'en';
}

/** Words, numbers and times of a language. */
export interface Talk {
  readonly language: Language;
  /** A text, with `{name}` replaced by `values.name`. */
  readonly say: (key: keyof Words, values?: Readonly<Record<string, string | number>>) => string;
  readonly count: (value: number) => string;
  /** With as many decimals as people can use. */
  readonly number: (value: number, digits?: number) => string;
  readonly percent: (share: number, digits?: number) => string;
  /** With its sign: `+0.34`. */
  readonly signed: (value: number, digits?: number) => string;
  readonly time: (iso: string) => string;
  readonly day: (iso: string) => string;
}

export function talkIn(language: Language): Talk {
  const words: Words = language === 'es' ? es : en;
  const locale = language === 'es' ? 'es-ES' : 'en-GB';
  const decimals = (digits: number, more: Intl.NumberFormatOptions = {}): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: true,
      ...more,
    });
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  return {
    language,
    say: (key, values = {}) =>
      words[key].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')),
    count: (value) => decimals(0).format(value),
    number: (value, digits = 2) => decimals(digits).format(value),
    percent: (share, digits = 1) => decimals(digits, { style: 'percent' }).format(share),
    signed: (value, digits = 2) =>
      decimals(digits, { signDisplay: 'exceptZero' }).format(value).replace('-', '−'),
    time: (iso) => time.format(new Date(iso)),
    day: (iso) => day.format(new Date(iso)),
  };
}

export const Talking = createContext<Talk>(talkIn('en'));

export function useTalk(): Talk {
  return useContext(Talking);
}
