import { expect, it } from 'vitest';
import { answerLines } from '#segue/service/ndjson/answer-lines.js';

const CHUNKS = 100;
const LINES_A_CHUNK = 20;

/** Every turn is over after so many questions. */
const turnsOf = (lines: number) => () => {
  let left = lines;
  return Promise.resolve({ over: () => (left -= 1) <= 0 });
};

it('reads on only when the answers were taken, and gives way within a chunk', async () => {
  let read = 0;
  async function* source(): AsyncGenerator<Buffer> {
    for (; read < CHUNKS; read += 1) yield Buffer.from('1\n'.repeat(LINES_A_CHUNK));
  }
  let answered = 0;
  const answer = (): string => {
    answered += 1;
    return 'x';
  };
  let taken = 0;
  for await (const piece of answerLines(source(), 8, answer, turnsOf(8))) {
    taken += piece.length / 'x\n'.length;
    expect(answered).toBe(taken);
    expect(read).toBe(Math.ceil(taken / LINES_A_CHUNK) - 1); // the chunk at hand is not counted yet
    expect(piece.length).toBeLessThanOrEqual(8 * 'x\n'.length);
  }
  expect(taken).toBe(CHUNKS * LINES_A_CHUNK);
});

it('stops reading when whoever takes the answers goes away', async () => {
  let released = false;
  async function* source(): AsyncGenerator<Buffer> {
    try {
      for (;;) yield Buffer.from('1\n');
    } finally {
      released = true;
    }
  }
  const answers = answerLines(source(), 8, () => 'x', turnsOf(8));
  await answers.next();
  await answers.return();
  expect(released).toBe(true);
});
