// Changes a registry again and again, for tests that need real processes. Prints the number of each entry once it is on the disk.
import { homeAt } from '#segue/core/home.js';
import { seededRandom } from '#segue/core/random.js';
import { addToLedger } from '#segue/models/ledger-of.js';
import { promote, rollback } from '#segue/models/registry.js';

const [role, folder, seed, rounds, ...versions] = process.argv.slice(2);
const home = homeAt(folder, process.env.SEGUE_REGISTRY);
const random = seededRandom(Number(seed));
const now = () => new Date();
const act = { run: null, actor: `child ${seed}`, now, waitMs: 120_000 };
const anyVersion = () => versions[random.below(versions.length)];

const roles = {
  change: async () => {
    const change = random.next() < 0.7 ? promote(home, anyVersion(), act) : rollback(home, act);
    const { changed, version } = await change.catch((error) => {
      if (error.code !== 'SEGUE_NO_EARLIER_VERSION') throw error;
      return { changed: false };
    });
    if (changed) process.stdout.write(`${version}\n`);
  },
  append: async () => {
    const draft = { event: 'registered', version: anyVersion(), run: null, actor: 'x'.repeat(20_000) };
    const [entry] = await addToLedger(home, now, async () => [draft], act);
    process.stdout.write(`${entry.seq}\n`);
  },
};

for (let round = 0; round < Number(rounds); round += 1) await roles[role]();
