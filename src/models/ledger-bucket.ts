import { setTimeout as delay } from 'node:timers/promises';
import { type Bucket, openBucket } from '../bucket/bucket.js';
import { SegueError } from '../core/errors.js';
import { readIfPresent, writeWhole } from '../core/files.js';
import type { Home } from '../core/home.js';
import { type LockOptions, withLock } from '../core/lock.js';
import { type LedgerEntry, lineOf, parseEntry, sealEntries } from './ledger.js';
import { type Decide, readLedger } from './ledger-file.js';
import { shareVersion } from './shared-version.js';

/** Entries that are asked for at once, after the first. */
const AT_ONCE = 16;

const LONGEST_PAUSE_MS = 500;

/** Homes whose copy this process has compared with their bucket. */
const compared = new Set<string>();

/**
 * Entries of the ledger in a bucket, an object for each, numbered: `ledger/0000000001.json`, …. They are made, never changed. The home
 * keeps a copy of them in `ledger.jsonl`, so that only what is new is asked for.
 *
 * @throws SegueError SEGUE_REGISTRY_UNREACHABLE, SEGUE_REGISTRY_DIFFERS, SEGUE_LEDGER_CORRUPT
 */
export async function readSharedLedger(home: Home, registry: string): Promise<readonly LedgerEntry[]> {
  return (await current(await openBucket(registry), home, registry)).entries;
}

/**
 * Adds to the ledger in a bucket. Of several that add an entry of the same number one succeeds (as Delta Lake's log on S3: «put if
 * absent»); the others decide anew. Where the bucket has no ledger, it begins with the home's own.
 */
export async function appendToSharedLedger(
  home: Home,
  registry: string,
  now: () => Date,
  decide: Decide,
  options: LockOptions,
): Promise<readonly LedgerEntry[]> {
  const bucket = await openBucket(registry);
  const started = performance.now();
  const append = async (): Promise<readonly LedgerEntry[]> => {
    const added: LedgerEntry[] = [];
    for (let tries = 1; ; tries += 1) {
      const { entries, isEmpty } = await current(bucket, home, registry);
      const drafts = await decide(entries);
      if (isEmpty && drafts.length > 0) await begin(bucket, home, entries);
      const sealed = sealEntries(drafts, entries.at(-1), now);
      const made = await createAll(bucket, sealed);
      added.push(...made);
      await keep(home, [...entries, ...made]);
      if (made.length === sealed.length) return added;
      if (performance.now() - started >= (options.waitMs ?? 0)) throw contended(registry, tries);
      await delay(Math.random() * Math.min(20 * tries, LONGEST_PAUSE_MS));
    }
  };
  // processes of this machine wait for each other here, so that only those of other machines meet in the bucket
  return withLock(`${home.ledger}.lock`, append, options);
}

/** The entries that could be made: all, or those before the first whose number another one has taken. */
async function createAll(bucket: Bucket, sealed: readonly LedgerEntry[]): Promise<readonly LedgerEntry[]> {
  for (const [i, entry] of sealed.entries()) {
    const line = Buffer.from(lineOf(entry));
    if (await bucket.create(keyOf(entry.seq), line)) continue;
    const there = await bucket.read(keyOf(entry.seq)); // our own, where the answer was lost and the client sent it again
    if (there === undefined || !there.equals(line)) return sealed.slice(0, i);
  }
  return sealed;
}

/** Gives the home's own ledger to an empty bucket, with the versions that it names. */
async function begin(bucket: Bucket, home: Home, entries: readonly LedgerEntry[]): Promise<void> {
  for (const { event, version } of entries) if (event === 'registered') await shareVersion(home, version);
  await createAll(bucket, entries);
}

interface Current {
  readonly entries: readonly LedgerEntry[];
  /** Whether the bucket has no ledger yet: the entries are the home's own. */
  readonly isEmpty: boolean;
}

async function current(bucket: Bucket, home: Home, registry: string): Promise<Current> {
  const copy = await readLedger(home.ledger);
  if (await hasNone(bucket, home, registry, copy)) return { entries: copy, isEmpty: true };
  const entries = [...copy];
  for (let wanted = 1; ; wanted = AT_ONCE) {
    const numbers = Array.from({ length: wanted }, (_, i) => entries.length + 1 + i);
    const found = await Promise.all(numbers.map((seq) => bucket.read(keyOf(seq))));
    for (const bytes of found) {
      if (bytes === undefined) break;
      const at = `${registry}/${keyOf(entries.length + 1)}`;
      entries.push(parseEntry(bytes.toString().trimEnd(), entries.at(-1), at));
    }
    if (found.includes(undefined)) break;
  }
  if (entries.length > copy.length) await keep(home, entries);
  return { entries, isEmpty: entries.length === 0 };
}

/**
 * Compares the last entry of the home's copy with the bucket's, once in each process.
 *
 * @returns whether the bucket has no ledger
 * @throws SegueError SEGUE_REGISTRY_DIFFERS
 */
async function hasNone(
  bucket: Bucket,
  home: Home,
  registry: string,
  copy: readonly LedgerEntry[],
): Promise<boolean> {
  const last = copy.at(-1);
  const name = `${home.root}\n${registry}`;
  if (last === undefined || compared.has(name)) return false;
  const there = await bucket.read(keyOf(last.seq));
  if (there === undefined && (await bucket.read(keyOf(1))) === undefined) return true;
  if (there?.toString() !== lineOf(last)) throw differs(home, registry, last);
  compared.add(name);
  return false;
}

/** Copies the bucket's entries into the home, where the service watches them. */
async function keep(home: Home, entries: readonly LedgerEntry[]): Promise<void> {
  const text = entries.map(lineOf).join('');
  if ((await readIfPresent(home.ledger)) !== text) await writeWhole(home.ledger, text);
}

function keyOf(seq: number): string {
  return `ledger/${String(seq).padStart(10, '0')}.json`;
}

function differs(home: Home, registry: string, last: LedgerEntry): SegueError {
  return new SegueError('SEGUE_REGISTRY_DIFFERS', {
    what: `The ledger in the bucket is not the one that ${home.ledger} is a copy of`,
    value: registry,
    limit: `entry ${last.seq}, ${last.event} of ${last.version} by ${last.actor} at ${last.time}`,
    mend: 'Use a home of its own for each bucket; if the bucket lost entries, restore them from its backup.',
  });
}

function contended(registry: string, tries: number): SegueError {
  return new SegueError('SEGUE_HOME_LOCKED', {
    what: 'Others changed the registry each time that this process was about to',
    value: registry,
    limit: `${tries} tries`,
    mend: 'Try again.',
  });
}
