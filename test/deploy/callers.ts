import { Agent, request } from 'undici';
import { onTestFinished } from 'vitest';
import { TRACK } from '../service/world.js';

/** Callers at once, each of which asks again as soon as it is answered. */
const CALLERS = 4;

/** None goes on beyond so many requests, whatever the test does. */
const MOST_REQUESTS = 250_000;

/** What callers were told. */
export interface Told {
  /** Answers by status and version of the model. */
  readonly answers: ReadonlyMap<string, number>;
  /** Requests that had no answer. */
  readonly failures: readonly string[];
}

/** Asks for predictions without a pause, over connections that are kept, until it is stopped. */
export function startCallers(
  url: string,
  key: string,
): { readonly told: Told; readonly stop: () => Promise<Told> } {
  const answers = new Map<string, number>();
  const failures: string[] = [];
  const dispatcher = new Agent({ connections: CALLERS });
  const asked = {
    method: 'POST',
    dispatcher,
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify(TRACK),
  } as const;
  const over = new AbortController();
  const call = async (): Promise<void> => {
    for (let left = MOST_REQUESTS; left > 0 && !over.signal.aborted; left--) {
      try {
        const { statusCode, headers, body } = await request(`${url}/v1/predict/cluster`, asked);
        await body.dump();
        const name = `${statusCode} ${String(headers['x-model-version'])}`;
        answers.set(name, (answers.get(name) ?? 0) + 1);
      } catch (error) {
        failures.push(String(error));
      }
    }
  };
  const calls = Array.from({ length: CALLERS }, call);
  const told = { answers, failures };
  const stop = async (): Promise<Told> => {
    over.abort();
    await Promise.all(calls);
    await dispatcher.close();
    return told;
  };
  onTestFinished(async () => {
    if (!over.signal.aborted) await stop();
  });
  return { told, stop };
}
