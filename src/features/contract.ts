/** One clustering feature: all that cleaning, training, API, metrics, drift and dashboard need to know of it. */
export interface Feature {
  readonly name: string;
  /** Unit for people; empty for a share or score without one. */
  readonly unit: string;
  readonly description: { readonly en: string; readonly es: string };
  /** Words for a segment that is high or low in it; used to propose segment names. */
  readonly high: { readonly en: string; readonly es: string };
  readonly low: { readonly en: string; readonly es: string };
  /** A row of the catalogue outside of these (both included) is rejected. */
  readonly catalogue: { readonly min: number; readonly max?: number };
  /** A request outside of these is answered 422. */
  readonly request: {
    readonly minimum?: number;
    readonly exclusiveMinimum?: number;
    readonly maximum?: number;
  };
  /** Other names of the column, compared without case. */
  readonly aliases: readonly string[];
  /** A value for documentation. */
  readonly example: number;
}

/** The features of one kind of catalogue, in the order in which every array of the project holds them. */
export interface FeatureContract {
  readonly name: string;
  readonly version: number;
  readonly features: readonly Feature[];
}

/** Tells whether rows of both contracts hold the same features in the same units and order, whatever is said about them otherwise. */
export function sameFeatures(a: FeatureContract, b: FeatureContract): boolean {
  return (
    a.features.length === b.features.length &&
    a.features.every(({ name, unit }, j) => name === b.features[j]!.name && unit === b.features[j]!.unit)
  );
}

/**
 * Spotify's five clustering features. Every part of Segue reads this one table; another
 * catalogue is another table.
 */
export const SPOTIFY_FEATURES: FeatureContract = {
  name: 'spotify-audio-features',
  version: 1,
  features: [
    {
      name: 'instrumentalness',
      unit: '',
      description: {
        en: 'Likelihood that the track has no vocals',
        es: 'Probabilidad de que la pista no tenga voz',
      },
      high: { en: 'instrumental', es: 'instrumental' },
      low: { en: 'vocal', es: 'vocal' },
      catalogue: { min: 0 },
      request: { minimum: 0 },
      aliases: ['instrumental'],
      example: 0.0004,
    },
    {
      name: 'speechiness',
      unit: '',
      description: {
        en: 'Share of spoken words in the track',
        es: 'Proporción de palabras habladas en la pista',
      },
      high: { en: 'spoken', es: 'hablado' },
      low: { en: 'little speech', es: 'poca palabra' },
      catalogue: { min: 0 },
      request: { minimum: 0 },
      aliases: ['speech'],
      example: 0.052,
    },
    {
      name: 'danceability',
      unit: '',
      description: {
        en: 'How suitable the track is for dancing, 0 to 1',
        es: 'Cuánto se presta la pista al baile, de 0 a 1',
      },
      high: { en: 'danceable', es: 'bailable' },
      low: { en: 'not for dancing', es: 'poco bailable' },
      catalogue: { min: 0, max: 1 },
      request: { minimum: 0, maximum: 1 },
      aliases: ['dance'],
      example: 0.64,
    },
    {
      name: 'valence',
      unit: '',
      description: {
        en: 'How positive the track sounds, 0 (sad) to 1 (cheerful)',
        es: 'Cuán positiva suena la pista, de 0 (triste) a 1 (alegre)',
      },
      high: { en: 'cheerful', es: 'alegre' },
      low: { en: 'sombre', es: 'sombrío' },
      catalogue: { min: 0, max: 1 },
      request: { minimum: 0, maximum: 1 },
      aliases: ['mood'],
      example: 0.47,
    },
    {
      name: 'tempo',
      unit: 'BPM',
      description: { en: 'Estimated beats per minute', es: 'Pulsaciones por minuto estimadas' },
      high: { en: 'fast', es: 'rápido' },
      low: { en: 'slow', es: 'lento' },
      catalogue: { min: 40, max: 250 },
      request: { exclusiveMinimum: 40 },
      aliases: ['bpm'],
      example: 121.5,
    },
  ],
};
