import { Counter, type Registry } from 'prom-client';

/** A number that is counted up on the hot path; read only when Prometheus asks. */
export interface Count {
  value: number;
}

/** Makes the counts of one metric; each labelled count is made once and kept by its user. */
export interface CountFamily<Label extends string> {
  /** A new count, exposed under these labels from now on. */
  count(labels: Readonly<Record<Label, string | number>>): Count;
}

/** A counter of prom-client, whose `inc` costs more than all else that an answer is counted by, filled at the scrape. */
export function countFamily<Label extends string>(
  register: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
): CountFamily<Label> {
  const counts: (readonly [labels: Readonly<Record<Label, string | number>>, count: Count])[] = [];
  const counter = new Counter<Label>({
    name,
    help,
    labelNames: [...labelNames],
    registers: [register],
    collect() {
      this.reset();
      for (const [labels, { value }] of counts) this.inc({ ...labels }, value);
    },
  });
  counter.reset();
  return {
    count(labels) {
      const count = { value: 0 };
      counts.push([labels, count]);
      return count;
    },
  };
}
