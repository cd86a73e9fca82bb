import type { SegueError } from '../core/errors.js';
import { sha256OfJson } from '../core/hash.js';
import type { ServedDrift } from '../drift/served.js';
import type { Alert } from '../pipeline/alert.js';

export const NOTICE_EVENTS = ['refused', 'failed', 'missed', 'not_served', 'drift', 'recovered'] as const;

/** What people are told, on every channel. */
export interface Notice {
  /** Of the event: the same event is told once. */
  readonly id: string;
  readonly event: (typeof NOTICE_EVENTS)[number];
  readonly at: string;
  readonly what: string;
  readonly why: readonly string[];
  /** Version that is serving now; null for none. */
  readonly production: string | null;
  readonly what_to_do: string;
}

/** The notice of what T5 found. */
export function noticeOf({ run, event, at, what, why, production, what_to_do }: Alert): Notice {
  const named = what.includes(run) ? what : `Run ${run}: ${what}`;
  return { id: idOf(event, run, why), event, at, what: named, why, production, what_to_do };
}

/** After trouble that was told, a run was promoted. */
export function recoveryNotice(trouble: Notice, run: string, version: string, at: Date): Notice {
  return {
    id: idOf('recovered', trouble.id),
    event: 'recovered',
    at: at.toISOString(),
    what: `Run ${run} put ${version} into production.`,
    why: [`Since ${trouble.at}: ${trouble.what}`],
    production: version,
    what_to_do: 'Nothing: retraining works again.',
  };
}

/** A retrain was due and did not begin. */
export function missedNotice(due: Date, production: string | null, at: Date): Notice {
  return {
    id: idOf('missed', due.toISOString()),
    event: 'missed',
    at: at.toISOString(),
    what: `The retrain that was due at ${due.toISOString()} did not begin.`,
    why: ['No run began since: the scheduler was down, or another run held the home folder.'],
    production,
    what_to_do:
      'See that «segue up» or your orchestrator runs; begin one now by «segue run --source <file>».',
  };
}

/**
 * What is in production can't be served: its files are damaged, or the ledger is.
 *
 * @param version null where the ledger itself can't be read
 * @param serving what serves instead
 */
export function notServedNotice(
  version: string | null,
  { code, message }: SegueError,
  serving: string | null,
  at: Date,
): Notice {
  return {
    id: idOf('not_served', version, code, serving, at.toISOString().slice(0, 10)), // once a day: each process notices it
    event: 'not_served',
    at: at.toISOString(),
    what: version === null ? 'The ledger can’t be read.' : `${version} is in production but can’t be served.`,
    why: [`${code}: ${message}`],
    production: serving,
    what_to_do:
      serving === null
        ? 'Requests are answered with 500 until this is mended: restore the files, or promote another version.'
        : 'Restore the files or promote another version. Don’t restart the service before: it would have no model.',
  };
}

/** What is asked no longer looks like what the model was trained on. Told once a week for a version. */
export function driftNotice(
  { model_version: version, kinds, tracks, window }: ServedDrift,
  at: Date,
): Notice {
  const week = Math.floor((at.getTime() / 86_400_000 - MONDAY) / 7);
  const scale = kinds.find(({ kind }) => kind !== 'population');
  return {
    id: idOf('drift', version, week),
    event: 'drift',
    at: at.toISOString(),
    what: `What is asked no longer looks like what ${version} was trained on.`,
    why: [
      `${tracks} tracks were asked from ${window.from} to ${window.to}.`,
      ...kinds.map(({ kind, why }) => `${kind}: ${why}`),
    ],
    production: version,
    what_to_do:
      scale === undefined
        ? 'Look at «segue drift» or the dashboard; retrain on a catalogue that has such tracks.'
        : `Ask those who call the API first: ${scale.subject} has another form or unit. A retrain would not help.`,
  };
}

/** 1970 began on a Thursday: the first Monday is day 4. */
const MONDAY = 4;

/** What couldn't be served serves again. */
export function servedNotice(trouble: Notice, version: string, at: Date): Notice {
  return {
    id: idOf('recovered', trouble.id, version),
    event: 'recovered',
    at: at.toISOString(),
    what: `${version} serves.`,
    why: [`Since ${trouble.at}: ${trouble.what}`],
    production: version,
    what_to_do: 'Nothing: the service has what it needs again.',
  };
}

/** The subject of a mail, the first line elsewhere. */
export function headlineOf({ event, what }: Notice): string {
  const words = {
    refused: 'Refused',
    failed: 'Failed',
    missed: 'Missed',
    not_served: 'Not served',
    drift: 'Drift',
    recovered: 'Recovered',
  };
  return `[Segue] ${words[event]}: ${what}`;
}

/** All that there is to say, as lines: what, why, what serves now, what to do. */
export function linesOf({ what, why, production, what_to_do, at }: Notice): string[] {
  const serving =
    production === null
      ? 'No model is in production.'
      : `In production now: ${production}. It goes on serving.`;
  return [what, '', ...why.map((reason) => `- ${reason}`), '', serving, `What to do: ${what_to_do}`, '', at];
}

function idOf(...parts: readonly unknown[]): string {
  return sha256OfJson(parts).slice(0, 16);
}
