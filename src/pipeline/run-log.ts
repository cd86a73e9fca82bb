import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { readIfPresent } from '../core/files.js';
import type { Home } from '../core/home.js';
import type { Progress } from '../core/progress.js';
import type { TaskId } from './dag.js';

/** A line of a run's log. */
export interface RunLogLine {
  readonly time: string;
  readonly task: TaskId;
  readonly event: 'began' | 'step' | 'done' | 'refused' | 'failed';
  /** The step, the task's summary, or its error. */
  readonly text: string;
}

/** Adds to the log of a run. A log that can't be written (a full disk) doesn't stop the run. */
export type RunLog = (event: RunLogLine['event'], text: string) => void;

export function runLog(home: Home, run: string, task: TaskId, now: () => Date): RunLog {
  const path = home.run(run).log;
  return (event, text) => {
    const line: RunLogLine = { time: now().toISOString(), task, event, text };
    try {
      mkdirSync(dirname(path), { recursive: true });
      appendFileSync(path, `${JSON.stringify(line)}\n`);
    } catch {
      // the record of the run says what matters; it fails the run where it can't be written
    }
  };
}

/** The same progress, whose steps are logged too. */
export function loggedProgress(progress: Progress, log: RunLog): Progress {
  return {
    step(text) {
      log('step', text);
      progress.step(text);
    },
    advance: (done, total, unit) => progress.advance(done, total, unit),
  };
}

/** The log of a run, the oldest line first; the torn end of a write that was cut off is left out. */
export async function readRunLog(home: Home, run: string): Promise<RunLogLine[]> {
  const text = (await readIfPresent(home.run(run).log)) ?? '';
  return text.split('\n').slice(0, -1).flatMap(lineOf);
}

function lineOf(text: string): RunLogLine[] {
  try {
    return [JSON.parse(text) as RunLogLine];
  } catch {
    return []; // two processes' halves, after a kill
  }
}
