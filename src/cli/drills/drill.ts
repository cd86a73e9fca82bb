import type { Stage } from './stage.js';
import { EXAMPLE_TRACK, until } from './stage.js';

/** Something that a drill proves. */
export interface Proof {
  /** What should hold, in one sentence. */
  readonly what: string;
  readonly holds: boolean;
  /** What was seen. */
  readonly seen: string;
}

/** Trouble that is made on purpose. */
export interface Drill {
  readonly name: string;
  /** What is injected. */
  readonly trouble: string;
  /** Alert of deploy/prometheus that tells of it. */
  readonly alert: string;
  act(stage: Stage): Promise<readonly Proof[]>;
}

export function proof(what: string, holds: boolean, seen: unknown): Proof {
  return { what, holds, seen: typeof seen === 'string' ? seen : JSON.stringify(seen) };
}

/** The last good model answers. */
export async function stillServes(stage: Stage, version: string | null): Promise<Proof> {
  const { status, body } = await stage.ask('/v1/predict/cluster', EXAMPLE_TRACK);
  const answered =
    status === 200 ? (JSON.parse(body) as { readonly model_version: string }).model_version : null;
  return proof(
    'The last good model serves.',
    status === 200 && answered === version,
    `${status} by ${answered}`,
  );
}

/** A notice tells people. */
export async function told(
  stage: Stage,
  event: Parameters<Stage['notices']>[0],
  words: string,
): Promise<Proof> {
  const notices = await stage.notices(event);
  const fitting = notices.findLast(({ what, why }) => [what, ...why].join(' ').includes(words));
  return proof(
    'People are told, and why.',
    fitting !== undefined,
    fitting?.what ?? notices.at(-1)?.what ?? 'no notice',
  );
}

/**
 * The newest run of an outcome ended since, and no other outcome followed: what SegueRetrainFailed and SegueRetrainRefused look at.
 *
 * @param since Unix time, seconds
 */
export async function endedLast(stage: Stage, state: 'failed' | 'refused', since: number): Promise<Proof> {
  const ended = async (of: string): Promise<number> =>
    stage.metric(`segue_run_ended_timestamp_seconds{state="${of}"}`);
  const isNew = await until(async () => (await ended(state)) >= since); // the home is read every few seconds
  const own = await ended(state);
  const others = await Promise.all(
    ['promoted', 'failed', 'refused'].filter((other) => other !== state).map(ended),
  );
  const last = others.every((other) => Number.isNaN(other) || other < own);
  return proof(
    'The alert’s expression holds.',
    isNew && last,
    `segue_run_ended_timestamp_seconds{state="${state}"} ${own}`,
  );
}
