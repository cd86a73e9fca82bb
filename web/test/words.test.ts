import { expect, it } from 'vitest';
import { en } from '../src/i18n/en.ts';
import { es } from '../src/i18n/es.ts';
import { talkIn } from '../src/i18n/words.ts';

const keys = Object.keys(en) as (keyof typeof en)[];

const blanks = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).toSorted();

it('says in Spanish all that it says in English, with the same blanks to fill in', () => {
  expect(Object.keys(es).toSorted()).toEqual([...keys].toSorted());
  for (const key of keys) {
    expect(blanks(es[key]), key).toEqual(blanks(en[key]));
    expect(es[key].trim(), key).not.toBe('');
  }
});

it('writes numbers as each language does', () => {
  const [english, spanish] = [talkIn('en'), talkIn('es')];
  expect([english.number(1234.5), spanish.number(12_345.5)]).toEqual(['1,234.50', '12.345,50']);
  expect([english.percent(0.0254), spanish.percent(0.0254)]).toEqual(['2.5%', '2,5\u00a0%']);
  expect([english.signed(-0.456), spanish.signed(0.4)]).toEqual(['−0.46', '+0,40']);
});
