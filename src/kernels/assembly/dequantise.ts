import { STEPS } from './layout';

/** Width of a quantised value's step, for a half width of its box. */
export function stepOf(half: f32): f32 {
  return half * (2 / STEPS);
}
