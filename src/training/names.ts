import type { Feature, FeatureContract } from '../features/contract.js';

export interface SegmentName {
  readonly en: string;
  readonly es: string;
}

const AVERAGE: SegmentName = { en: 'average', es: 'promedio' };

/** Words in a name unless more are needed to tell segments apart. */
const WORDS = 2;

/** A contrast below this (in standard deviations of the catalogue) says nothing: Cohen's bound of a small effect. */
const NEGLIGIBLE = 0.2;

/**
 * Proposes a name for every segment from its strongest contrasts with the catalogue: two words, none for a negligible contrast, and
 * «average» where nothing stands out. Segments that would share a name get the next contrast too, then a number; so names are unique.
 *
 * @param contrasts per segment and feature: (segment mean - catalogue mean) / catalogue sd
 */
export function proposeNames(
  contract: FeatureContract,
  contrasts: readonly (readonly number[])[],
): SegmentName[] {
  const traits = contrasts.map((contrast) => strongestFirst(contract, contrast));
  let chosen = traits.map((all) => all.slice(0, WORDS).filter(({ size }) => size >= NEGLIGIBLE));
  for (let pass = 0; pass < contract.features.length; pass++) {
    const shared = duplicates(chosen.map(signature));
    chosen = chosen.map((own, i) => (shared.has(signature(own)) ? traits[i]!.slice(0, own.length + 1) : own));
  }
  return numbered(chosen.map(nameOf));
}

/** One contrast in words. */
interface Trait {
  readonly size: number;
  readonly word: SegmentName;
}

function strongestFirst({ features }: FeatureContract, contrast: readonly number[]): Trait[] {
  return contrast
    .map((value, j) => ({ size: Math.abs(value), word: wordFor(features[j]!, value) }))
    .toSorted((a, b) => b.size - a.size); // stable: equal contrasts stay in the contract's order
}

function wordFor(feature: Feature, contrast: number): SegmentName {
  return contrast < 0 ? feature.low : feature.high;
}

/** The same for the same words in any order: «fast, cheerful» and «cheerful, fast» would be mixed up. */
function signature(traits: readonly Trait[]): string {
  return traits
    .map(({ word }) => word.en)
    .toSorted()
    .join('\n');
}

function nameOf(traits: readonly Trait[]): SegmentName {
  const words = traits.length === 0 ? [AVERAGE] : traits.map(({ word }) => word);
  return {
    en: capitalised(words.map(({ en }) => en).join(', ')),
    es: capitalised(words.map(({ es }) => es).join(', ')),
  };
}

/** Adds «(2)», «(3)» … to later ones of equal names, in both languages. */
function numbered(names: readonly SegmentName[]): SegmentName[] {
  return names.map((name, i) => {
    const earlier = names.slice(0, i).filter(({ en, es }) => en === name.en || es === name.es).length;
    return earlier === 0 ? name : { en: `${name.en} (${earlier + 1})`, es: `${name.es} (${earlier + 1})` };
  });
}

function duplicates(values: readonly string[]): Set<string> {
  return new Set(values.filter((value, i) => values.indexOf(value) !== i));
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}
