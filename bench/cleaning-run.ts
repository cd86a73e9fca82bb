/** One run of one side of bench/cleaning.ts, in a process of its own: `cleaning-run.ts KIND CATALOGUE OUT SCRATCH`. */
import { ingest } from '#segue/catalogue/ingest.js';
import { datasetFiles } from '#segue/core/home.js';
import { silent } from '#segue/core/progress.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import type { CleaningRun, Kind } from './cleaning.js';
import { cleanWithDuckdb, ENGINE } from './cleaning-peer.js';

const [kind, catalogue, out, scratch] = process.argv.slice(2) as [Kind, string, string, string];
const began = performance.now();
if (kind === 'ingest') {
  await ingest(
    {
      source: catalogue,
      contract: SPOTIFY_FEATURES,
      rules: {},
      split: { seed: 42, testShare: 0.2 },
      out: datasetFiles(out),
      scratch,
      ...ENGINE,
    },
    silent,
  );
} else {
  await cleanWithDuckdb(kind, catalogue, out, scratch);
}
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage();
const cpuSeconds = (user + system) / 1e6;
const peakMib = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ seconds, cpuSeconds, peakMib } satisfies CleaningRun));
