import { Gauge, type Registry } from 'prom-client';
import type { IngestReport } from '../catalogue/ingest.js';
import { readIfPresent } from '../core/files.js';
import type { Home } from '../core/home.js';
import { TASK_IDS } from '../pipeline/dag.js';
import { listRecords, type RunRecord } from '../pipeline/run-record.js';
import { nextDue } from '../pipeline/schedule.js';
import type { keptReads } from './kept.js';

interface Runs {
  /** The newest first. */
  readonly records: readonly RunRecord[];
  /** Of the newest run that ingested. */
  readonly report: IngestReport | undefined;
  readonly due: Date | undefined;
}

/** Exposes what the pipeline's runs left in the home: when they began and ended, how long they took, what became of their rows. */
export function runFigures(register: Registry, home: Home, kept: ReturnType<typeof keptReads>): void {
  const read = kept('runs', async (): Promise<Runs> => {
    const records = await listRecords(home);
    const ingested = records.find(({ tasks }) => tasks.T1_Ingesta_y_Limpieza.state === 'done');
    const text = ingested && (await readIfPresent(home.dataset(ingested.run).report));
    return {
      records,
      report: text === undefined ? undefined : (JSON.parse(text) as IngestReport),
      due: await nextDue(home),
    };
  });
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    each: (
      runs: Runs,
      set: (labels: Readonly<Partial<Record<Label, string>>>, value: number) => void,
    ) => void,
  ): void => {
    register.registerMetric(
      new Gauge<Label>({
        name,
        help,
        labelNames: [...labelNames],
        aggregator: 'first',
        registers: [],
        async collect() {
          const runs = await read();
          this.reset();
          if (labelNames.length === 0) this.remove();
          if (runs !== undefined)
            each(runs, (labels, value) => this.set(labels as Record<Label, string>, value));
        },
      }),
    );
  };

  gauge(
    'segue_run_begun_timestamp_seconds',
    'When the newest run began (Unix time)',
    [],
    ({ records }, set) => {
      const [newest] = records;
      if (newest !== undefined) set({}, secondsOf(newest.created_at));
    },
  );
  gauge(
    'segue_run_ended_timestamp_seconds',
    'When the newest run of that outcome ended (Unix time)',
    ['state'],
    ({ records }, set) => {
      for (const run of newestOfEach(records)) set({ state: run.state }, secondsOf(run.updated_at));
    },
  );
  gauge('segue_run_duration_seconds', 'How long its tasks took', ['state'], ({ records }, set) => {
    for (const run of newestOfEach(records)) {
      const taken = TASK_IDS.map((task) => run.tasks[task].seconds ?? 0);
      set(
        { state: run.state },
        taken.reduce((sum, seconds) => sum + seconds, 0),
      );
    }
  });
  gauge('segue_runs_under_way', 'Runs that have not ended', [], ({ records }, set) =>
    set({}, records.filter(({ state }) => state === 'running').length),
  );
  gauge(
    'segue_schedule_next_timestamp_seconds',
    'When the next retrain is due (Unix time); in the past where the scheduler died',
    [],
    ({ due }, set) => {
      if (due !== undefined) set({}, due.getTime() / 1000);
    },
  );
  gauge(
    'segue_run_task_seconds',
    'How long the tasks of the newest run took',
    ['task'],
    ({ records }, set) => {
      const [newest] = records;
      for (const task of TASK_IDS) {
        const seconds = newest?.tasks[task].seconds;
        if (seconds !== undefined) set({ task }, seconds);
      }
    },
  );
  gauge(
    'segue_run_rows',
    'Rows of the newest run that read its source, by what became of them',
    ['fate'],
    ({ report }, set) => {
      if (report === undefined) return;
      set({ fate: 'kept' }, report.rows.kept);
      set({ fate: 'rejected' }, report.rows.read - report.rows.kept);
    },
  );
  gauge('segue_run_rejected_rows', 'Its rejected rows, by reason', ['reason'], ({ report }, set) => {
    for (const [reason, rows] of Object.entries(report?.rows.rejected ?? {})) set({ reason }, rows);
  });
}

/** The newest run of each outcome. */
function newestOfEach(records: readonly RunRecord[]): readonly RunRecord[] {
  return (['promoted', 'refused', 'failed'] as const).flatMap((state) => {
    const newest = records.find((record) => record.state === state);
    return newest === undefined ? [] : [newest];
  });
}

function secondsOf(time: string): number {
  return Date.parse(time) / 1000;
}
