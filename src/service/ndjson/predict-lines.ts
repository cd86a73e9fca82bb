import { parseJson } from '../json-body.js';
import { type BatchBy, type ItemResult, predictItem } from '../prediction.js';
import { Problem, problemBody } from '../problem.js';
import type { AnswerLine } from './answer-lines.js';

/** Puts the track of each line into a segment, or says what is wrong with the line; all by one model version. */
export function predictLines(by: BatchBy, limitBytes: number): AnswerLine {
  const resultOf = (bytes: Buffer | undefined): ItemResult => {
    if (bytes === undefined) {
      const detail = `The line may have ${limitBytes} bytes.`;
      return { problem: problemBody('body_too_large', { detail }) };
    }
    try {
      return predictItem(by, parseJson(bytes, 'line'));
    } catch (error) {
      if (error instanceof Problem) return { problem: problemBody(error.code, error.details) };
      throw error;
    }
  };
  return ({ number, bytes }) => JSON.stringify({ line: number, ...resultOf(bytes) });
}
