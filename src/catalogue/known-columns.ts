import { CATALOGUE_COLUMNS, type CatalogueColumn } from '../features/columns.js';
import type { FeatureContract } from '../features/contract.js';

/** A column that Segue reads from a catalogue: a feature or one that is kept beside the features. */
export interface KnownColumn extends CatalogueColumn {
  readonly feature: boolean;
}

/** The catalogue's own columns, then the features in the contract's order. A column that is a feature isn't kept twice. */
export function knownColumns(contract: FeatureContract): KnownColumn[] {
  const features = new Set(contract.features.map(({ name }) => name));
  return [
    ...CATALOGUE_COLUMNS.filter(({ name }) => !features.has(name)).map((column) => ({
      ...column,
      feature: false,
    })),
    ...contract.features.map(({ name, aliases }) => ({
      name,
      type: 'number' as const,
      aliases,
      feature: true,
    })),
  ];
}
