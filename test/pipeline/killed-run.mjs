// A run that kills itself with SIGKILL at the n-th thing that it asks of the outside world (a progress line, the clock, a notice).
// usage: node killed-run.mjs <home> <options as JSON> <n>; n = 0 runs to the end and prints how many there are, with their task
import { homeAt } from '../../dist/core/home.js';
import { SPOTIFY_FEATURES } from '../../dist/features/contract.js';
import { startRun } from '../../dist/pipeline/start.js';

const [home, options, at] = process.argv.slice(2);
let count = 0;
const tick = () => {
  count += 1;
  if (count === Number(at)) process.kill(process.pid, 'SIGKILL');
};

const record = await startRun(
  {
    home: homeAt(home),
    contract: SPOTIFY_FEATURES,
    resources: { threads: 2, memoryLimit: '256MB' },
    progress: { step: tick, advance: tick },
    actor: 'test',
    now: () => {
      tick();
      return new Date();
    },
    notify: async () => tick(),
  },
  { options: JSON.parse(options) },
);
process.stdout.write(JSON.stringify({ points: count, record }));
