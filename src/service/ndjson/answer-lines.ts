import type { NextTurn } from '../turns.js';
import { type Line, lineSplitter } from './split-lines.js';

/** Answers one line: JSON, without a newline. */
export type AnswerLine = (line: Line) => string;

/**
 * Answers a stream line by line, in order, holding no more than one line and the answers of one turn. Nothing more is read until the
 * answers were taken, so a slow reader slows the sender.
 */
export async function* answerLines(
  chunks: AsyncIterable<Buffer>,
  limitBytes: number,
  answer: AnswerLine,
  next: NextTurn,
): AsyncGenerator<string, void> {
  const splitter = lineSplitter(limitBytes);
  for await (const chunk of chunks) yield* inTurns(splitter.push(chunk), answer, next);
  yield* inTurns(splitter.end(), answer, next);
}

async function* inTurns(lines: Generator<Line>, answer: AnswerLine, next: NextTurn): AsyncGenerator<string> {
  let turn = await next();
  let answers = '';
  for (const line of lines) {
    answers += `${answer(line)}\n`;
    if (!turn.over()) continue;
    yield answers;
    answers = '';
    turn = await next();
  }
  if (answers !== '') yield answers;
}
