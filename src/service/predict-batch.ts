import { type BatchBy, predictItem } from './prediction.js';
import type { NextTurn } from './turns.js';

/**
 * The answer to a batch in pieces of JSON, made turn by turn: the answer to 100,000 tracks has tens of megabytes, which are neither held
 * in memory at once nor written while other requests wait.
 */
export async function* predictBatch(
  by: BatchBy,
  items: readonly unknown[],
  next: NextTurn,
): AsyncGenerator<string, void> {
  let refused = 0;
  let text = `{"model_version":${JSON.stringify(by.live.version)},"results":[`;
  let turn = await next();
  for (const [i, item] of items.entries()) {
    const result = predictItem(by, item);
    if ('problem' in result) refused += 1;
    text += `${i === 0 ? '' : ','}${JSON.stringify(result)}`;
    if (!turn.over()) continue;
    yield text;
    text = '';
    turn = await next();
  }
  yield `${text}],"predicted":${items.length - refused},"refused":${refused}}`;
}
