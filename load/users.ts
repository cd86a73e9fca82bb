import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'undici';
import { seededRandom } from '#segue/core/random.js';
import type { Tally } from './measure.js';
import { bodyOf, chooseAction, isRight } from './scenario.js';
import type { Action, Scenario } from './shape.js';

export interface Target {
  readonly url: string;
  readonly key: string;
}

/**
 * One user with one kept-alive connection: asks, reads the answer, waits, asks again, until told to stop. A request that has begun is
 * finished and counted.
 */
export async function useService(
  user: number,
  { url, key }: Target,
  { actions, features, pause_ms }: Pick<Scenario, 'actions' | 'features' | 'pause_ms'>,
  tally: Tally,
  stop: AbortSignal,
): Promise<void> {
  const client = new Client(url, { pipelining: 1 });
  const random = seededRandom(user + 1);
  const wait = (): number => pause_ms.min + (pause_ms.max - pause_ms.min) * random.next();
  try {
    while (!stop.aborted) {
      const action = chooseAction(actions, random.next());
      const body = bodyOf(action, features, () => random.next());
      const began = performance.now();
      const failure = await failureOf(client, key, action, body);
      tally.add(action.name, performance.now() - began, failure);
      if (pause_ms.max > 0) await pause(wait());
    }
  } finally {
    await client.close();
  }
}

/** Why an answer is not the right one; undefined where it is. */
async function failureOf(
  client: Client,
  key: string,
  action: Action,
  body: string | null,
): Promise<string | undefined> {
  try {
    const { statusCode, body: answer } = await client.request({
      method: action.method,
      path: action.path,
      headers: { 'x-api-key': key, ...(body === null ? {} : { 'content-type': 'application/json' }) },
      body,
    });
    const text = await answer.text();
    return isRight(action, statusCode, text) ? undefined : `${statusCode} ${text.slice(0, 200)}`;
  } catch (error) {
    return String(error);
  }
}
