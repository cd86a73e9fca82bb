import { type Decision, failedRules } from '../gate/decision.js';
import { productionEntryAt } from '../models/history.js';
import type { LedgerEntry } from '../models/ledger.js';
import { SEGMENT_COLOURS } from '../training/identity/colours.js';
import { euclideanSilhouette } from '../training/metrics.js';
import type { VersionContent } from './version-contents.js';

/** `decision.json`. */
export type RunDecision = Decision & { readonly run: string; readonly decided_at: string };

/** A retrain and its verdict. */
export interface JudgedVersion {
  readonly version: string;
  readonly run: string | null;
  /** When it was registered or refused. */
  readonly at: string;
  readonly verdict: 'accepted' | 'refused';
  /** Names of the rules that failed. */
  readonly failed_rules: readonly string[];
  /** Least Silhouette that the gate asked for; null where its decision is lost. */
  readonly silhouette_limit: number | null;
  /** Null where its files are gone. */
  readonly content: JudgedContent | null;
}

export interface JudgedContent {
  readonly parent: string | null;
  readonly k: number;
  readonly wcss: number;
  readonly silhouette: {
    readonly metric: string;
    readonly value: number;
    readonly ci95: readonly number[] | null;
  };
  /** Share of the training tracks whose segment keeps its id; null without a parent to compare with. */
  readonly kept_share: number | null;
  readonly segments: readonly {
    readonly segment_id: string;
    readonly name: { readonly en: string; readonly es: string };
    readonly colour: string;
    readonly rows: number;
    readonly share: number;
  }[];
  /** Tracks that are in both trainings, by their segment before and now, those that stay included. */
  readonly flows: readonly { readonly from: string; readonly to: string; readonly rows: number }[];
}

/** A version's time in production. */
export interface Reign {
  readonly version: string;
  readonly from: string;
  /** Null while it goes on. */
  readonly to: string | null;
  readonly event: 'promoted' | 'rolled_back';
  readonly actor: string;
}

/** Every retrain that came to a verdict, the oldest first: its first registration, or its refusal. */
export function judged(
  entries: readonly LedgerEntry[],
): readonly Pick<LedgerEntry, 'version' | 'run' | 'time' | 'event' | 'rules'>[] {
  const seen = new Set<string>();
  return entries.filter(({ event, version }) => {
    if ((event !== 'registered' && event !== 'refused') || seen.has(version)) return false;
    seen.add(version);
    return true;
  });
}

/** When which version was in production, the oldest first. */
export function reigns(entries: readonly LedgerEntry[]): readonly Reign[] {
  const moves = entries.filter((entry) => productionEntryAt([entry]) !== undefined);
  return moves.map(({ version, time, event, actor }, i) => ({
    version,
    from: time,
    to: moves[i + 1]?.time ?? null,
    event: event === 'promoted' ? 'promoted' : 'rolled_back',
    actor,
  }));
}

export function judgedVersion(
  { version, run, time, event, rules }: ReturnType<typeof judged>[number],
  decision: RunDecision | undefined,
  content: VersionContent | undefined,
  parent: VersionContent | undefined,
): JudgedVersion {
  const floor = decision?.rules.find(({ rule }) => rule === 'silhouette_floor');
  return {
    version,
    run,
    at: time,
    verdict: event === 'refused' ? 'refused' : 'accepted',
    failed_rules: decision === undefined ? (rules ?? []) : failedRules(decision).map(({ rule }) => rule),
    silhouette_limit: floor?.limit ?? null,
    content: content === undefined ? null : judgedContent(content, parent),
  };
}

function judgedContent(content: VersionContent, parent: VersionContent | undefined): JudgedContent {
  const { train, churn, k } = content;
  const { metric, value, ci95 } = euclideanSilhouette(train);
  return {
    parent: content.parent,
    k,
    wcss: train.wcss,
    silhouette: { metric, value, ci95: ci95 ?? null },
    kept_share: churn?.kept_share ?? null,
    segments: content.segments.map(({ segment_id, name, colour, rows, share }) => ({
      segment_id,
      name,
      colour: SEGMENT_COLOURS[colour]!,
      rows,
      share,
    })),
    flows: parent === undefined ? [] : flowsOf(content, parent),
  };
}

/** The moves that training counted, by permanent ids, and what stays: the rest of each segment that goes on. */
function flowsOf({ churn, segments }: VersionContent, parent: VersionContent): JudgedContent['flows'] {
  if (churn === null) return [];
  const moves = churn.moves.flatMap(({ from, to, rows }) => {
    const [before, now] = [parent.segments[from], segments[to]];
    return before === undefined || now === undefined
      ? []
      : [{ from: before.segment_id, to: now.segment_id, rows }];
  });
  const arrived = (id: string): number =>
    moves.filter(({ to }) => to === id).reduce((sum, { rows }) => sum + rows, 0);
  const stays = segments
    .filter(({ segment_id }) => parent.segments.some((before) => before.segment_id === segment_id))
    .map(({ segment_id, rows }) => ({ from: segment_id, to: segment_id, rows: rows - arrived(segment_id) }));
  return [...stays, ...moves];
}
