import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn, readIfPresent, writeJson } from '../core/files.js';
import type { Home } from '../core/home.js';
import { isVersionName } from '../models/files.js';
import type { Asked } from './asked.js';
import { tallyOf } from './tally.js';

const DAY_MS = 86_400_000;

/** Days of which windows are kept. */
export const KEPT_DAYS = 60;

/** Folder of a day for copies from the bucket. */
export const COPIES = 'copies';

/** What one process was asked in one day (UTC) of one version: a file that only this process writes. */
interface DayFile {
  readonly format: 'segue-drift/1';
  readonly version: string;
  /** That were put into a segment. */
  readonly tracks: number;
  readonly sums: readonly number[];
}

/** Sums of all processes in a span of days, by version. */
export interface Windows {
  readonly byVersion: ReadonlyMap<string, Window>;
  /** Names of files that can't be read, and so are missing from the sums. */
  readonly unreadable: readonly string[];
}

export interface Window {
  readonly tracks: number;
  readonly sums: Float64Array;
}

/**
 * Tells what this process has been asked today. A file for each day, version and process: a restart begins another one, replicas on one
 * home have their own, and readers add them up. A crash loses what came since the last call.
 *
 * @param writer names this process among all that ever write to the home
 */
export function windowWriter(home: Home, asked: Asked, writer: string, now: () => Date): () => Promise<void> {
  const begun = new Map<string, Float64Array>();
  const written = new Map<string, Float64Array>();
  let day = dayOf(now());

  const write = async (): Promise<void> => {
    for (const { model, sums } of asked.all()) {
      const { version } = model;
      if (equal(sums, written.get(version))) continue;
      const state = sums.slice();
      const from = begun.get(version);
      const sinceThen = Array.from(state, (sum, i) => sum - (from?.[i] ?? 0));
      const { tracks } = tallyOf(model, sinceThen);
      const file: DayFile = { format: 'segue-drift/1', version, tracks, sums: sinceThen };
      await writeJson(join(home.drift, day, `${version}.${writer}.json`), file);
      written.set(version, state);
    }
  };
  return async () => {
    await write();
    const today = dayOf(now());
    if (today === day) return;
    for (const [version, sums] of written) begun.set(version, sums);
    day = today;
    await forgetBefore(home, dayOf(new Date(now().getTime() - KEPT_DAYS * DAY_MS)));
  };
}

/** Adds up what all processes told of the days from `first` to `last`, both included. */
export async function readWindows(home: Home, first: string, last: string): Promise<Windows> {
  const byVersion = new Map<string, Window>();
  const unreadable: string[] = [];
  const days = (await namesIn(home.drift)).filter((day) => day >= first && day <= last).toSorted();
  for (const day of days) {
    for (const [name, path] of await filesOf(join(home.drift, day))) {
      const file = parse(await readIfPresent(path));
      const before = byVersion.get(file?.version ?? '');
      if (file === undefined || (before !== undefined && before.sums.length !== file.sums.length)) {
        unreadable.push(`${day}/${name}`);
        continue;
      }
      byVersion.set(file.version, {
        tracks: file.tracks + (before?.tracks ?? 0),
        sums: Float64Array.from(file.sums, (sum, i) => sum + (before?.sums[i] ?? 0)),
      });
    }
  }
  return { byVersion, unreadable };
}

/** Files of a day, by name: this home's own, and copies of those that processes on other homes put into the bucket. */
async function filesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const own = (await namesIn(folder)).filter((name) => name.endsWith('.json'));
  const copied = await namesIn(join(folder, COPIES));
  return new Map([
    ...copied.toSorted().map((name) => [name, join(folder, COPIES, name)] as const),
    ...own.toSorted().map((name) => [name, join(folder, name)] as const), // never older than its copy
  ]);
}

/** A day of UTC as in `2026-11-25`. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** The day so many days before. */
export function daysBefore(time: Date, days: number): string {
  return dayOf(new Date(time.getTime() - days * DAY_MS));
}

async function forgetBefore(home: Home, first: string): Promise<void> {
  const old = (await namesIn(home.drift)).filter((day) => day < first);
  for (const day of old) await rm(join(home.drift, day), { recursive: true, force: true });
}

function parse(text: string | undefined): DayFile | undefined {
  try {
    const file = JSON.parse(text ?? '') as Partial<DayFile>;
    const sums = file.sums ?? [];
    const whole =
      file.format === 'segue-drift/1' &&
      isVersionName(file.version ?? '') &&
      Number.isSafeInteger(file.tracks) &&
      sums.length > 0 &&
      sums.every((sum) => Number.isFinite(sum));
    return whole ? (file as DayFile) : undefined;
  } catch {
    return undefined;
  }
}

function equal(sums: Float64Array, others: Float64Array | undefined): boolean {
  return others?.every((other, i) => other === sums[i]) ?? sums.every((sum) => sum === 0);
}
