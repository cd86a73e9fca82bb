import { join } from 'node:path';
import { writeSyntheticCatalogue } from '#segue/catalogue/synthetic/write.js';
import { type Home, homeAt } from '#segue/core/home.js';
import { silent } from '#segue/core/progress.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import type { Alert } from '#segue/pipeline/alert.js';
import { NO_CLUSTER } from '#segue/pipeline/cluster.js';
import { DEFAULT_OPTIONS, type RunOptions } from '#segue/pipeline/options.js';
import type { RunnerContext } from '#segue/pipeline/runner.js';
import { tempFolder } from '../core/temp.js';

/** A home, a small catalogue, and a pipeline that keeps its alerts in a list. */
export interface PipelineFixture {
  readonly home: Home;
  readonly options: RunOptions;
  readonly alerts: Alert[];
  readonly context: RunnerContext;
}

export async function pipelineFixture(tracks = 3000, folder?: string): Promise<PipelineFixture> {
  folder ??= await tempFolder();
  const source = join(folder, 'catalogue.csv');
  await writeSyntheticCatalogue(source, { tracks, seed: 5 });
  const alerts: Alert[] = [];
  const home = homeAt(join(folder, 'home'));
  let seconds = 0;
  return {
    home,
    options: { ...DEFAULT_OPTIONS, source, k: 4, starts: 2 },
    alerts,
    context: {
      home,
      contract: SPOTIFY_FEATURES,
      cluster: NO_CLUSTER,
      resources: { threads: 1, memoryLimit: '512MB' },
      progress: silent,
      actor: 'test',
      now: () => {
        seconds += 1;
        return new Date(Date.UTC(2026, 10, 24, 5) + 1000 * seconds);
      },
      notify: async (alert) => {
        alerts.push(alert);
      },
    },
  };
}
