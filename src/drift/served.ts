import { SegueError } from '../core/errors.js';
import type { Home } from '../core/home.js';
import { loadModel } from '../models/files.js';
import type { Model } from '../models/format.js';
import { type Assessment, assess } from './assess.js';
import { lengthOf } from './counts.js';
import { tallyOf } from './tally.js';
import { dayOf, daysBefore, readWindows, type Windows } from './windows.js';

/** Days of a window unless told. */
export const WINDOW_DAYS = 7;

/** Most days of a window. */
export const MOST_WINDOW_DAYS = 28;

/** What was asked of a model lately, against what it was trained on. */
export interface ServedDrift extends Assessment {
  readonly window: Span;
  /** The window before, under the model that was asked most then; null where nothing was. */
  readonly before: (Span & Pick<Assessment, 'model_version' | 'tracks' | 'verdict'>) | null;
  /** Files of windows that can't be read: what they held is missing. */
  readonly unreadable_files: readonly string[];
}

/** Days of UTC, both included. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/**
 * Assesses what all processes on a home were asked of a model in the last days, the one under way included. Windows count per version: a
 * model that has just been promoted has little data.
 *
 * @param days 1 to MOST_WINDOW_DAYS
 */
export async function servedDrift(
  home: Home,
  model: Model,
  now: Date,
  days = WINDOW_DAYS,
): Promise<ServedDrift> {
  const window = { from: daysBefore(now, days - 1), to: dayOf(now) };
  const earlier = { from: daysBefore(now, 2 * days - 1), to: daysBefore(now, days) };
  const windows = await readWindows(home, window.from, window.to);
  const past = await readWindows(home, earlier.from, earlier.to);
  const pastModel = await modelAskedMost(home, model, past);
  const before =
    pastModel && assess(pastModel, tallyOf(pastModel, past.byVersion.get(pastModel.version)!.sums));
  const sums = windows.byVersion.get(model.version)?.sums ?? new Float64Array(lengthOf(model));
  return {
    ...assess(model, tallyOf(model, sums), before),
    window,
    before:
      before === undefined
        ? null
        : { ...earlier, model_version: before.model_version, tracks: before.tracks, verdict: before.verdict },
    unreadable_files: [...windows.unreadable, ...past.unreadable],
  };
}

/** Undefined where nothing was asked then, or the model is gone. */
async function modelAskedMost(home: Home, model: Model, { byVersion }: Windows): Promise<Model | undefined> {
  const [most] = [...byVersion].toSorted(([, a], [, b]) => b.tracks - a.tracks);
  if (most === undefined) return undefined;
  const [version] = most;
  if (version === model.version) return model;
  try {
    return await loadModel(home, version);
  } catch (error) {
    if (error instanceof SegueError) return undefined; // pruned or damaged: two warnings running can't be known then
    throw error;
  }
}
