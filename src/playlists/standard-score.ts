import { FARTHEST_Z } from '../models/predict.js';

/** A value in standard deviations from the mean, held where predictions hold it: with their arithmetic, so that distances are theirs. */
export function standardScore(value: number, mean: number, sd: number): number {
  return Math.max(-FARTHEST_Z, Math.min(FARTHEST_Z, (value - mean) / sd));
}
