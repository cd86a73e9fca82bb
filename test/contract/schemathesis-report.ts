import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** What a run of schemathesis did, counted from its own report. */
export interface Counts {
  /** Requests that were sent and answered, by status; 0 where there was no answer. */
  readonly statuses: ReadonlyMap<number, number>;
  readonly requests: number;
  /** Requests by `METHOD /path` of the operation that was meant. */
  readonly operations: ReadonlyMap<string, number>;
  /** Checks that were made, by name. */
  readonly checks: ReadonlyMap<string, number>;
  readonly failures: readonly string[];
}

/** The parts of the NDJSON report that are read here. */
interface Scenario {
  readonly recorder: {
    /** All three are absent where nothing was sent. */
    readonly cases?: Readonly<
      Record<string, { readonly value: { readonly method: string; readonly path: string } }>
    >;
    readonly checks?: Readonly<Record<string, readonly { readonly name: string; readonly status: string }[]>>;
    readonly interactions?: Readonly<
      Record<string, { readonly response: { readonly status_code: number } | null }>
    >;
  };
}

/** Counts a report (`--report ndjson`). */
export async function readReport(file: string): Promise<Counts> {
  const statuses = new Map<number, number>();
  const operations = new Map<string, number>();
  const checks = new Map<string, number>();
  const failures: string[] = [];
  let requests = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { ScenarioFinished: scenario } = JSON.parse(line) as { ScenarioFinished?: Scenario };
    if (scenario === undefined) continue;
    const { cases = {}, interactions = {}, checks: made = {} } = scenario.recorder;
    for (const [id, { response }] of Object.entries(interactions)) {
      const { method, path } = cases[id]!.value;
      requests += 1;
      add(statuses, response?.status_code ?? 0);
      add(operations, `${method} ${path}`);
    }
    for (const [id, results] of Object.entries(made)) {
      for (const { name, status } of results) {
        add(checks, name);
        if (status !== 'success') failures.push(`${name}: ${JSON.stringify(cases[id])}`);
      }
    }
  }
  return { statuses, requests, operations, checks, failures };
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
