import ora from 'ora';
import type { Progress } from '../core/progress.js';

const PLAIN_SHARE = 0.25; // on a log, one line per quarter of a step is enough

/** Progress on stderr: one live line on a terminal, plain lines elsewhere. Call `finish` before printing anything else. */
export interface ShownProgress extends Progress {
  finish(): void;
}

export function showProgress(stream: NodeJS.WriteStream = process.stderr): ShownProgress {
  return stream.isTTY ? liveProgress(stream) : plainProgress(stream);
}

function liveProgress(stream: NodeJS.WriteStream): ShownProgress {
  const spinner = ora({ stream, discardStdin: false });
  let current = '';
  return {
    step(text) {
      if (spinner.isSpinning) spinner.succeed(current);
      current = text;
      spinner.start(text);
    },
    advance(done, total, unit) {
      spinner.text = `${current}: ${amount(done, total, unit)}`;
    },
    finish() {
      if (spinner.isSpinning) spinner.succeed(current);
    },
  };
}

function plainProgress(stream: NodeJS.WriteStream): ShownProgress {
  let told = 0;
  return {
    step(text) {
      told = 0;
      stream.write(`${text}\n`);
    },
    advance(done, total, unit) {
      if (total === undefined || total <= 0 || done / total < told + PLAIN_SHARE) return;
      told = done / total;
      stream.write(`  ${amount(done, total, unit)}\n`);
    },
    finish() {},
  };
}

function amount(done: number, total: number | undefined, unit: string): string {
  const count = done.toLocaleString('en');
  if (total === undefined) return `${count} ${unit}`;
  return `${count} of ${total.toLocaleString('en')} ${unit} (${Math.floor((100 * done) / total)} %)`;
}
