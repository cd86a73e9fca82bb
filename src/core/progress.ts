/** What a long piece of work tells while it goes on. The edge decides how it looks; the work never prints. */
export interface Progress {
  /** A new step begins: «fitting k=8». */
  step(text: string): void;
  /** How far the step is. `total` is undefined where it can't be known. */
  advance(done: number, total: number | undefined, unit: string): void;
}

/** For callers who don't want to hear. */
export const silent: Progress = { step() {}, advance() {} };

/** Hands on what work tells while somebody wants to hear it: work that was given up goes on telling. */
export function whileHeard(progress: Progress, isHeard: () => boolean): Progress {
  return {
    step: (text) => {
      if (isHeard()) progress.step(text);
    },
    advance: (done, total, unit) => {
      if (isHeard()) progress.advance(done, total, unit);
    },
  };
}
