import { readFileSync } from 'node:fs';
import type { Action, Scenario } from './shape.js';

/** What the users of a load do; said once in scenario.json, which the k6 script and the Locust file read too. */
export const SCENARIO = JSON.parse(
  readFileSync(new URL('scenario.json', import.meta.url), 'utf8'),
) as Scenario;

/** Draws an action by its weight. @param draw evenly from 0 to 1 */
export function chooseAction(actions: readonly Action[], draw: number): Action {
  let left = draw * actions.reduce((sum, { weight }) => sum + weight, 0);
  return actions.find(({ weight }) => (left -= weight) < 0) ?? actions.at(-1)!;
}

/** The body of a request. */
export function bodyOf(
  { tracks }: Action,
  features: Scenario['features'],
  draw: () => number,
): string | null {
  if (tracks === 0) return null;
  const track = (): object =>
    Object.fromEntries(
      Object.entries(features).map(([name, { min, max }]) => [name, min + (max - min) * draw()]),
    );
  return JSON.stringify(tracks === 1 ? track() : { items: Array.from({ length: tracks }, track) });
}

/** Whether an answer is what was asked for: 200, and a segment for each track. */
export function isRight({ method, tracks }: Action, status: number, body: string): boolean {
  if (status !== 200) return false;
  if (method === 'GET') return body.includes('"cluster_id"');
  const answer = JSON.parse(body) as { cluster_id?: number; results?: { prediction?: object }[] };
  if (tracks === 1) return Number.isInteger(answer.cluster_id);
  return (
    answer.results?.length === tracks && answer.results.every(({ prediction }) => prediction !== undefined)
  );
}
