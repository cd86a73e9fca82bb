import { canonicalJson } from '../core/canonical-json.js';
import { type TNumber, type TObject, type TOptional, Type } from '../core/typebox.js';
import type { Feature, FeatureContract } from '../features/contract.js';

/** Schema of one track in a request: each feature of the contract, and nothing else. */
export function trackSchema(contract: FeatureContract): TObject<Record<string, TNumber>> {
  return Type.Object(
    Object.fromEntries(contract.features.map((feature) => [feature.name, featureSchema(feature)])),
    {
      description: `The ${contract.features.length} features of a track, and nothing else.`,
      additionalProperties: false,
    },
  );
}

/** Schema of a part of a track: at least one feature of the contract. */
export function targetSchema(contract: FeatureContract): TObject<Record<string, TOptional<TNumber>>> {
  return Type.Object(
    Object.fromEntries(
      contract.features.map((feature) => [feature.name, Type.Optional(featureSchema(feature))]),
    ),
    {
      description: 'Features that matter, with the values wanted; those left out do not count.',
      additionalProperties: false,
      minProperties: 1,
    },
  );
}

function featureSchema({ unit, description, request, example }: Feature): TNumber {
  return Type.Number({
    ...request,
    description: unit === '' ? description.en : `${description.en} (${unit})`,
    'x-description-es': description.es,
    ...(unit === '' ? {} : { 'x-unit': unit }),
    examples: [example],
  });
}

/** A track for documentation. */
export function exampleTrack(contract: FeatureContract): Record<string, number> {
  return Object.fromEntries(contract.features.map(({ name, example }) => [name, example]));
}

/** The values of a checked track in the contract's order. */
export function valuesOf(contract: FeatureContract, track: Readonly<Record<string, number>>): number[] {
  return contract.features.map(({ name }) => track[name]!);
}

/** Tells whether both contracts ask the same of a request: the same features in the same order with the same bounds. */
export function asksTheSame(a: FeatureContract, b: FeatureContract): boolean {
  return canonicalJson(a.features.map(asked)) === canonicalJson(b.features.map(asked));
}

function asked({ name, request }: Feature): Pick<Feature, 'name' | 'request'> {
  return { name, request };
}
