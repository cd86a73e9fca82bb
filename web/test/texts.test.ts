import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { expect, it } from 'vitest';
import { en } from '../src/i18n/en.ts';
import { es } from '../src/i18n/es.ts';

const FOLDER = fileURLToPath(new URL('../src/', import.meta.url));

/** Names and units, the same in every language. */
const SAME = new Set([
  'Segue',
  'API',
  'CSV',
  'M3U',
  'JSON',
  'BPM',
  'z',
  'No',
  'Total',
  '{times} ×',
  '{seconds} s',
  'Hetzner Cloud',
  'Google Cloud Run',
  'AWS Fargate',
]);

const ATTRIBUTES = /^(title|alt|placeholder|label|aria-(label|description|valuetext|roledescription))$/;

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.tsx'),
);

/** Words that stand in the code of a page instead of in i18n/: between tags, in what they say of themselves, in quotes between braces. */
function textsIn(name: string): string[] {
  const { program } = parseSync(name, readFileSync(FOLDER + name, 'utf8'));
  const texts: string[] = [];
  new Visitor({
    JSXText: ({ value }) => void texts.push(value.trim()),
    JSXExpressionContainer({ expression }) {
      if (expression.type === 'Literal') texts.push(String(expression.value));
    },
    JSXAttribute({ name: attribute, value }) {
      const named = attribute.type === 'JSXIdentifier' && ATTRIBUTES.test(attribute.name);
      if (named && value?.type === 'Literal') texts.push(value.value);
    },
  }).visit(program);
  return texts.filter((text) => /\p{L}/u.test(text));
}

it.each(files)('%s has its words from i18n/, so that they are in both languages', (name) => {
  expect(textsIn(name).filter((text) => !SAME.has(text))).toEqual([]);
});

it('nothing was left in English but names', () => {
  const alike = Object.entries(es).filter(([key, text]) => text === en[key as keyof typeof en]);
  expect(alike.map(([, text]) => text).filter((text) => !SAME.has(text))).toEqual([]);
});

it('every view says what it is for, in both languages', () => {
  const views = readdirSync(`${FOLDER}views`).map((name) => name.replace('.tsx', ''));
  expect(views).not.toHaveLength(0);
  for (const words of [en, es] as Readonly<Record<string, string>>[])
    for (const view of views) expect(words[`${view}.lead`], view).toMatch(/\p{L}{3}.*[.?]$/u);
});

it('no text is kept that no page shows', () => {
  const code = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('i18n/e'))
    .map((name) => readFileSync(FOLDER + name, 'utf8'))
    .join('\n');
  const composed = [...code.matchAll(/`(\w+(?:\.\w+)*[.\w]*)\$\{/g)].map((match) => match[1]!);
  const shown = (key: string): boolean =>
    code.includes(`'${key}'`) || composed.some((start) => start.includes('.') && key.startsWith(start));
  expect(Object.keys(en).filter((key) => !shown(key))).toEqual([]);
});
