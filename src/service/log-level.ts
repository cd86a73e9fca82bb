import { rm } from 'node:fs/promises';
import type { FastifyBaseLogger } from 'fastify';
import { coalesce } from '../core/coalesce.js';
import { readIfPresent, writeJson } from '../core/files.js';
import type { Home } from '../core/home.js';
import { LOG_LEVELS, type LogLevel } from './log.js';
import type { WatchFile } from './watch.js';

/** A level that was set while the service runs. */
export interface SetLevel {
  readonly level: LogLevel;
  /** When it ends, ISO 8601; null where it stays until another is set. */
  readonly until: string | null;
}

/** The level in force on a home; undefined where every process keeps its own. */
export async function readLogLevel(home: Home, now: Date): Promise<SetLevel | undefined> {
  const text = await readIfPresent(home.logLevel);
  if (text === undefined) return undefined;
  const { level, until = null } = JSON.parse(text) as Partial<SetLevel>;
  if (level === undefined || !LOG_LEVELS.includes(level)) throw new Error(`${home.logLevel} names no level`);
  return until === null || now < new Date(until) ? { level, until } : undefined;
}

/** Sets the level of every process that serves the home, now and after a restart; undefined gives each its own back. */
export async function writeLogLevel(home: Home, set: SetLevel | undefined): Promise<void> {
  if (set === undefined) await rm(home.logLevel, { force: true });
  else await writeJson(home.logLevel, set);
}

/** Where the level is read and set by who may. */
export interface LogLevels {
  /** What this process logs now. */
  current(): LogLevel;
  inForce(): Promise<SetLevel | undefined>;
  set(level: SetLevel | undefined): Promise<void>;
  close(): void;
}

/**
 * Keeps a log at the level that is in force on the home, until it is closed.
 *
 * @param own level of this process where none is in force
 */
export function followLogLevel(
  home: Home,
  logger: FastifyBaseLogger,
  own: string,
  now: () => Date,
  watch: WatchFile,
): LogLevels {
  let ends: NodeJS.Timeout | undefined;
  const refresh = coalesce(async () => {
    const set = await readLogLevel(home, now()).catch((err: unknown) => {
      logger.error({ err }, 'the level of the log cannot be read');
      return undefined;
    });
    const level = set?.level ?? own;
    clearTimeout(ends);
    const until = set?.until ?? null;
    if (until !== null)
      ends = setTimeout(() => void refresh(), new Date(until).getTime() - now().getTime()).unref();
    if (level === logger.level) return;
    logger.warn({ from: logger.level, to: level, until }, 'the level of the log changes');
    logger.level = level;
  });
  const unwatch = watch(home.logLevel, () => void refresh());
  void refresh();
  return {
    current: () => logger.level as LogLevel,
    inForce: () => readLogLevel(home, now()),
    async set(level) {
      await writeLogLevel(home, level);
      await refresh();
    },
    close() {
      unwatch();
      clearTimeout(ends);
    },
  };
}
