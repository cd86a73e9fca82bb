import { describe, expect, it } from 'vitest';
import { CLEAN } from '#segue/catalogue/synthetic/dirt.js';
import { columnsOf } from './read-csv.js';

/** Quantiles of 4,996 real tracks (a random sample of Kaggle's "Spotify 1 Million Tracks", tempo 40..250). */
const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95];
const REAL_QUANTILES = {
  danceability: [0.214, 0.416, 0.554, 0.678, 0.813],
  energy: [0.111, 0.454, 0.693, 0.871, 0.976],
  loudness: [-20.43, -10.83, -7.429, -5.328, -3.223],
  speechiness: [0.0287, 0.0371, 0.051, 0.0906, 0.314],
  acousticness: [4.213e-5, 0.00766, 0.157, 0.629, 0.974],
  liveness: [0.0589, 0.0989, 0.133, 0.293, 0.724],
  valence: [0.054, 0.225, 0.429, 0.673, 0.918],
  tempo: [76.96, 98.97, 122, 139.9, 174.1],
  duration_ms: [110_000, 181_300, 225_800, 288_000, 452_500],
};

/** Spearman's rank correlations of the same tracks. */
const REAL_CORRELATIONS = [
  ['energy', 'loudness', 0.76],
  ['energy', 'acousticness', -0.72],
  ['loudness', 'acousticness', -0.55],
  ['danceability', 'valence', 0.51],
  ['instrumentalness', 'valence', -0.35],
  ['popularity', 'year', 0.35],
  ['energy', 'speechiness', 0.33],
  ['loudness', 'instrumentalness', -0.33],
  ['energy', 'tempo', 0.26],
  ['instrumentalness', 'popularity', -0.18],
  ['instrumentalness', 'danceability', -0.16],
  ['speechiness', 'danceability', 0.1],
  ['speechiness', 'tempo', 0.08],
  ['instrumentalness', 'speechiness', -0.07],
  ['danceability', 'tempo', -0.03],
] as const;

const columns = columnsOf({ tracks: 20_000, seed: 21, dirt: CLEAN });
const numbers = (name: string): number[] => columns[name]!.map(Number);
const shareOf = (values: readonly number[], holds: (value: number) => boolean): number =>
  values.filter(holds).length / values.length;

describe('marginals of a synthetic catalogue', () => {
  it.each(Object.entries(REAL_QUANTILES))('%s has the quantiles of real tracks', (name, quantiles) => {
    const values = numbers(name);
    for (const [i, quantile] of quantiles.entries()) {
      expect(Math.abs(shareOf(values, (value) => value <= quantile) - SHARES[i]!)).toBeLessThan(0.03);
    }
  });

  it('instrumentalness has two modes', () => {
    const values = numbers('instrumentalness');
    expect(shareOf(values, (value) => value === 0)).toBeCloseTo(0.254, 1);
    expect(shareOf(values, (value) => value < 0.1)).toBeCloseTo(0.644, 1);
    expect(shareOf(values, (value) => value >= 0.1 && value < 0.75)).toBeCloseTo(0.149, 1);
    expect(shareOf(values, (value) => value >= 0.75)).toBeCloseTo(0.207, 1);
  });

  it('tempo has bumps around 80, 125 and 175', () => {
    const values = numbers('tempo');
    const density = (from: number, to: number): number =>
      shareOf(values, (value) => value >= from && value < to) / (to - from);
    expect(density(76, 90)).toBeGreaterThan(1.5 * density(60, 74));
    expect(density(120, 132)).toBeGreaterThan(1.3 * density(102, 116));
    expect(density(172, 176)).toBeGreaterThan(1.2 * density(160, 166));
  });

  it('stays within the bounds of each column', () => {
    for (const name of ['danceability', 'energy', 'speechiness', 'acousticness', 'liveness', 'valence']) {
      expect(numbers(name).every((value) => value >= 0 && value <= 1)).toBe(true);
    }
    expect(numbers('tempo').every((value) => value >= 40 && value <= 250)).toBe(true);
    expect(
      numbers('popularity').every((value) => Number.isInteger(value) && value >= 0 && value <= 100),
    ).toBe(true);
    expect(numbers('year').every((value) => Number.isInteger(value) && value >= 2000 && value <= 2023)).toBe(
      true,
    );
    expect(numbers('duration_ms').every((value) => Number.isInteger(value) && value > 0)).toBe(true);
    expect(new Set(numbers('time_signature'))).toEqual(new Set([1, 3, 4, 5]));
    expect(new Set(numbers('mode'))).toEqual(new Set([0, 1]));
    expect(new Set(numbers('key')).size).toBe(12);
  });
});

describe('structure of a synthetic catalogue', () => {
  it.each(REAL_CORRELATIONS)('%s and %s are correlated as in real tracks', (a, b, real) => {
    expect(Math.abs(spearman(numbers(a), numbers(b)) - real)).toBeLessThan(0.05);
  });

  it('has the 82 genres, and they sound different', () => {
    const genres = columns['genre']!;
    expect(new Set(genres).size).toBe(82);
    const mean = (feature: string, genre: string): number => {
      const values = numbers(feature).filter((_, i) => genres[i] === genre);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(mean('speechiness', 'comedy')).toBeGreaterThan(0.7);
    expect(mean('instrumentalness', 'sleep')).toBeGreaterThan(mean('instrumentalness', 'samba') + 0.4);
    expect(mean('danceability', 'deep-house')).toBeGreaterThan(mean('danceability', 'black-metal') + 0.2);
    expect(mean('tempo', 'drum-and-bass')).toBeGreaterThan(mean('tempo', 'ambient') + 20);
  });

  it('has spoken tracks: few, far away, and sung by nobody', () => {
    const speech = numbers('speechiness');
    const instrumental = numbers('instrumentalness').filter((_, i) => speech[i]! > 0.7);
    expect(instrumental.length / speech.length).toBeGreaterThan(0.013);
    expect(instrumental.length / speech.length).toBeLessThan(0.024);
    expect(shareOf(instrumental, (value) => value > 0.5)).toBeLessThan(0.02);
  });
});

function spearman(a: readonly number[], b: readonly number[]): number {
  return pearson(midranks(a), midranks(b));
}

function midranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).toSorted((i, j) => values[i]! - values[j]!);
  const ranks = Array.from({ length: values.length }, () => 0);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to += 1;
    for (let i = from; i < to; i += 1) ranks[order[i]!] = (from + to - 1) / 2;
  }
  return ranks;
}

function pearson(a: readonly number[], b: readonly number[]): number {
  const centre = (a.length - 1) / 2;
  let [ab, aa, bb] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    ab += (value - centre) * (b[i]! - centre);
    aa += (value - centre) ** 2;
    bb += (b[i]! - centre) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
