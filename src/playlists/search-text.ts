import { foldName } from './fold-name.js';
import { type Texts, textAt, textsWriter } from './texts.js';

/** Begins each text, and ends the last one: no folded text has it. */
const BREAK = '\n';

/** A text as it is searched, without case and accents: `Beyoncé ` and `BEYONCE` are one. */
export function searchFold(text: string): string {
  return foldName(text)
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .trim();
}

/** Folded texts in one block that a single scan goes through; what begins and ends a text is then seen at its neighbours. */
export function searchTexts(texts: Texts): Texts {
  const count = texts.ends.length - 1;
  const writer = textsWriter(count + 1);
  for (let i = 0; i < count; i += 1) writer.add(BREAK + searchFold(textAt(texts, i) ?? ''));
  writer.add(BREAK);
  return writer.finish();
}
