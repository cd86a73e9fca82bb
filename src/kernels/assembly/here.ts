import {
  candidatesAt,
  functionsAt,
  HISTORY,
  historyAt,
  movesAt,
  reachAt,
  scoresAt,
  stepBytes,
  vectorsAt,
  weightsAt,
  winnersAt,
} from './layout';

/**
 * Where the parts of the model at hand lie (layout.ts), for loops: V8 computes what doesn't change in a loop again in every turn, and these
 * take a dozen instructions each.
 */
export let historyHere: usize = 0;
export let reachHere: usize = 0;
export let weightsHere: usize = 0;
export let scoresHere: usize = 0;
export let candidatesHere: usize = 0;
export let functionsHere: usize = 0;
export let vectorsHere: usize = 0;
export let winnersHere: usize = 0;
export let movesHere: usize = 0;
let bytesOfStep: usize = 0;

/** Takes a model at hand. */
export function takeModel(d: i32, k: i32, model: usize): void {
  historyHere = model + historyAt(d, k);
  reachHere = model + reachAt(d, k);
  weightsHere = model + weightsAt(d, k);
  scoresHere = model + scoresAt(d, k);
  candidatesHere = model + candidatesAt(d, k);
  functionsHere = model + functionsAt(d, k);
  vectorsHere = model + vectorsAt(d, k);
  winnersHere = model + winnersAt(d, k);
  movesHere = model + movesAt(d, k);
  bytesOfStep = stepBytes(d, k);
}

/** Where a step's centroids are remembered. */
export function stepHere(step: i32): usize {
  return historyHere + <usize>(step & (HISTORY - 1)) * bytesOfStep;
}
