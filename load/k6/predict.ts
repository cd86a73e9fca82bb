import { check, sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import type { Options } from 'k6/options';
import type { Action, Range, Scenario } from '../shape.ts';

const scenario = JSON.parse(open('../scenario.json')) as Scenario;
const url = __ENV['SEGUE_URL'] ?? 'http://127.0.0.1:8080';
const key = __ENV['SEGUE_KEY'] ?? '';

export const options: Options = {
  vus: scenario.users,
  duration: `${scenario.seconds}s`,
  thresholds: {
    http_req_duration: [`p(95)<${scenario.thresholds.p95_ms}`],
    http_req_failed: [`rate<=${scenario.thresholds.errors}`],
    checks: ['rate==1'],
  },
};

export function setup(): void {
  if (key === '') exec.test.abort('Set SEGUE_KEY to a key with the scopes predict and read.');
}

/** One request of one user, and the pause after it. */
export default function ask(): void {
  const action = choose(scenario.actions);
  const headers = {
    'X-API-Key': key,
    ...(action.tracks === 0 ? {} : { 'Content-Type': 'application/json' }),
  };
  const response = http.request(action.method, url + action.path, bodyOf(action), {
    headers,
    tags: { name: action.name },
  });
  check(response, {
    'is 200': ({ status }) => status === 200,
    'has a segment': ({ body }) => typeof body === 'string' && body.includes('"cluster_id"'),
  });
  sleep(between(scenario.pause_ms) / 1000);
}

function choose(actions: readonly Action[]): Action {
  let left = Math.random() * actions.reduce((sum, { weight }) => sum + weight, 0);
  return actions.find(({ weight }) => (left -= weight) < 0) ?? actions[0]!;
}

function bodyOf({ tracks }: Action): string | null {
  if (tracks === 0) return null;
  return JSON.stringify(tracks === 1 ? track() : { items: Array.from({ length: tracks }, track) });
}

function track(): Record<string, number> {
  return Object.fromEntries(Object.entries(scenario.features).map(([name, range]) => [name, between(range)]));
}

function between({ min, max }: Range): number {
  return min + (max - min) * Math.random();
}
