import { parseJson } from '../json-body.js';
import type { LiveModel } from '../live-model.js';
import { type CheckTrack, type ItemResult, predictItem, type Told } from '../prediction.js';
import { Problem, problemBody } from '../problem.js';
import type { AnswerLine } from './answer-lines.js';

/** Puts the track of each line into a segment, or says what is wrong with the line; all by one model version. */
export function predictLines(
  live: LiveModel,
  checkTrack: CheckTrack,
  limitBytes: number,
  told: Told,
): AnswerLine {
  const resultOf = (bytes: Buffer | undefined): ItemResult => {
    if (bytes === undefined) {
      const detail = `The line may have ${limitBytes} bytes.`;
      return { problem: problemBody('body_too_large', { detail }) };
    }
    try {
      return predictItem(live, parseJson(bytes, 'line'), checkTrack, told);
    } catch (error) {
      if (error instanceof Problem) return { problem: problemBody(error.code, error.details) };
      throw error;
    }
  };
  return ({ number, bytes }) => JSON.stringify({ line: number, ...resultOf(bytes) });
}
