import { SegueError } from '../core/errors.js';
import { sha256OfJson } from '../core/hash.js';
import { Compile, type Static, Type } from '../core/typebox.js';
import type { Frozen } from '../core/types.js';
import { SEGMENT_ID_PATTERN } from '../training/identity/segment-id.js';
import { ChecksumsSchema } from './checksums.js';
import { HASH_PATTERN, VERSION_PATTERN } from './schema.js';
import { SuccessionSchema } from './succession.js';

/** `promoted` and `rolled_back` change what is in production; `pruned` says that a version's files are no more; the others are only told. */
export const LEDGER_EVENTS = [
  'registered',
  'promoted',
  'rolled_back',
  'refused',
  'k_proposed',
  'pruned',
  'name_pinned',
  'name_unpinned',
] as const;

const Version = Type.String({ pattern: VERSION_PATTERN });
const Hash = Type.String({ pattern: HASH_PATTERN });

export const LedgerEntrySchema = Type.Object(
  {
    /** 1 for the first; the number of its line. */
    seq: Type.Integer({ minimum: 1 }),
    /** ISO 8601 in UTC, never earlier than the entry before. */
    time: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' }),
    event: Type.Enum(LEDGER_EVENTS),
    /** What the event is about; in `rolled_back`, the version that comes back. */
    version: Version,
    /** In production before the event. */
    previous: Type.Union([Version, Type.Null()]),
    /** The run that it belongs to; null for what a person did by hand. */
    run: Type.Union([Type.String(), Type.Null()]),
    actor: Type.String(),
    reason: Type.Optional(Type.String()),
    /** In `refused`: the rules that failed. */
    rules: Type.Optional(Type.Array(Type.String())),
    /** In `promoted`, of a version that the gate had refused: who answers for it, and the rules that had failed. */
    override: Type.Optional(
      Type.Object({ by: Type.String({ minLength: 1 }), rules: Type.Array(Type.String()) }),
    ),
    /** In `k_proposed`: the number of segments that would be chosen anew. */
    k: Type.Optional(Type.Integer({ minimum: 1 })),
    /** In `registered`: what becomes of production's segments. */
    succession: Type.Optional(SuccessionSchema),
    /** In `name_pinned`: the name, and what the segment was like then; in `name_unpinned` the segment only. */
    pin: Type.Optional(
      Type.Object(
        {
          segment_id: Type.String({ pattern: SEGMENT_ID_PATTERN }),
          name: Type.Optional(Type.Object({ en: Type.String(), es: Type.String() })),
          /** By feature: mean over the segment's training tracks. */
          means: Type.Optional(Type.Record(Type.String(), Type.Number())),
        },
        { additionalProperties: false },
      ),
    ),
    /** In `registered` only: what the version's files hash to from then on. */
    files: Type.Optional(ChecksumsSchema),
    /** `hash` of the entry before; null in the first. */
    previous_hash: Type.Union([Hash, Type.Null()]),
    /** SHA-256 of the canonical JSON of all the rest, so that no line can change unnoticed, and none but the last ones go. */
    hash: Hash,
  },
  { additionalProperties: false },
);

/** One line of the ledger. */
export type LedgerEntry = Frozen<Static<typeof LedgerEntrySchema>>;

/** What a caller says of an event; the ledger knows the rest. */
export type LedgerDraft = Omit<LedgerEntry, 'seq' | 'time' | 'previous' | 'previous_hash' | 'hash'>;

export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  /** Bytes of the file that are whole lines. */
  readonly wholeBytes: number;
  /** Whether more follows: the torn end of a write that was cut off. */
  readonly torn: boolean;
}

const shape = Compile(LedgerEntrySchema);

/** The version in production after an entry. */
export function productionAfter({ event, version, previous }: LedgerEntry): string | null {
  return event === 'promoted' || event === 'rolled_back' ? version : previous;
}

/** Makes the entry that follows `last`. A clock that went back doesn't take the ledger with it: the last entry's time counts on. */
export function sealEntry(draft: LedgerDraft, last: LedgerEntry | undefined, now: Date): LedgerEntry {
  const time = now.toISOString();
  const content = {
    seq: (last?.seq ?? 0) + 1,
    time: last !== undefined && last.time > time ? last.time : time,
    ...draft,
    previous: last === undefined ? null : productionAfter(last),
    previous_hash: last?.hash ?? null,
  };
  return { ...content, hash: sha256OfJson(content) };
}

/** Makes entries that follow `last`, in order. */
export function sealEntries(
  drafts: readonly LedgerDraft[],
  last: LedgerEntry | undefined,
  now: () => Date,
): readonly LedgerEntry[] {
  const sealed: LedgerEntry[] = [];
  for (const draft of drafts) sealed.push(sealEntry(draft, sealed.at(-1) ?? last, now()));
  return sealed;
}

/** An entry as a line of the file. */
export function lineOf(entry: LedgerEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/**
 * Reads the bytes of a ledger and checks its chain. A last line without its line break was never finished: it is left out.
 *
 * @param source the file's name, for the message
 * @throws SegueError SEGUE_LEDGER_CORRUPT with the number of the first line that is wrong
 */
export function parseLedger(bytes: Buffer, source: string): Ledger {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.toString('utf8', 0, wholeBytes).split('\n').slice(0, -1);
  const entries: LedgerEntry[] = [];
  for (const [index, line] of lines.entries()) {
    entries.push(parseEntry(line, entries.at(-1), `${source}, line ${index + 1}`));
  }
  return { entries, wholeBytes, torn: wholeBytes < bytes.length };
}

/**
 * Reads an entry and checks that it follows `last`.
 *
 * @param at where it stands, for the message
 * @throws SegueError SEGUE_LEDGER_CORRUPT
 */
export function parseEntry(line: string, last: LedgerEntry | undefined, at: string): LedgerEntry {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch (cause) {
    throw corrupt(`${at} is not JSON`, line.slice(0, 60), undefined, cause);
  }
  if (!shape.Check(entry)) throw corrupt(`${at} is not an entry`, line.slice(0, 60));
  const { hash, ...content } = entry;
  const contentHash = sha256OfJson(content);
  if (contentHash !== hash) throw corrupt(`${at} has changed since it was written`, contentHash, hash);
  const links = [
    ['seq', entry.seq, (last?.seq ?? 0) + 1],
    ['previous_hash', entry.previous_hash, last?.hash ?? null],
    ['previous', entry.previous, last === undefined ? null : productionAfter(last)],
  ] as const;
  for (const [key, value, expected] of links) {
    if (value !== expected)
      throw corrupt(`${at} does not follow the one before: ${key}`, `${value}`, `${expected}`);
  }
  if (last !== undefined && entry.time < last.time) {
    throw corrupt(`${at} is earlier than the one before`, entry.time, last.time);
  }
  return entry;
}

function corrupt(what: string, value: string, expected?: string, cause?: unknown): SegueError {
  return new SegueError('SEGUE_LEDGER_CORRUPT', {
    what,
    value,
    limit: expected,
    mend: 'Restore the ledger from a copy; the lines before that one are intact.',
    cause,
  });
}
