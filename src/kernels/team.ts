/**
 * The threads that run one program together, each the same code (single program, multiple data). Work is cut into parts that don't
 * depend on the number of threads; every part leaves its own figures, and whoever needs a total adds them up in order.
 */
export interface Team {
  /** Number of this thread, from 0. */
  readonly rank: number;
  readonly size: number;
  /** Waits until every thread has come here. What they wrote before can be read after. */
  readonly barrier: () => void;
  /** The next part that no thread has taken since the last barrier, from 0. */
  readonly claim: () => number;
  /** Tells whoever waits for the program how far it is. Only the first thread's word counts. */
  readonly report: (done: number, total: number, unit: string) => void;
}

/** Slots of a team's control block. */
const ARRIVED = 0;
const GENERATION = 1;
const CURSOR = 2;

/** Looks at a barrier so often before the thread goes to sleep: threads mostly arrive within microseconds of each other. */
const SPINS = 4000;

/** The control block that the threads of one team share. */
export function teamControl(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
}

/** A thread's place in a team. It may block: not for a thread that serves an event loop, unless it is alone. */
export function joinTeam(
  control: Int32Array<SharedArrayBuffer>,
  rank: number,
  size: number,
  report: Team['report'] = () => {},
): Team {
  return {
    rank,
    size,
    report: rank === 0 ? report : () => {},
    claim: () => Atomics.add(control, CURSOR, 1),
    barrier() {
      const generation = Atomics.load(control, GENERATION);
      if (Atomics.add(control, ARRIVED, 1) === size - 1) {
        Atomics.store(control, ARRIVED, 0);
        Atomics.store(control, CURSOR, 0);
        Atomics.add(control, GENERATION, 1);
        Atomics.notify(control, GENERATION);
        return;
      }
      for (let spin = 0; spin < SPINS; spin++) {
        if (Atomics.load(control, GENERATION) !== generation) return;
      }
      while (Atomics.load(control, GENERATION) === generation) Atomics.wait(control, GENERATION, generation);
    },
  };
}

/** Cuts `items` into `size` runs and returns this thread's, in whole multiples of `grain`. */
export function shareOf({ rank, size }: Team, items: number, grain: number): { first: number; end: number } {
  const grains = Math.ceil(items / grain);
  const first = Math.floor((grains * rank) / size) * grain;
  const end = Math.floor((grains * (rank + 1)) / size) * grain;
  return { first: Math.min(first, items), end: Math.min(end, items) };
}
