// Takes a lock as its first argument says, for tests that need real processes.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { withLock } from '#segue/core/lock.js';

const [role, lock, file, rounds] = process.argv.slice(2);
const patient = { waitMs: 120_000 };

const roles = {
  /** Holds the lock until it is killed. */
  hold: () =>
    withLock(lock, () => {
      process.stdout.write('holds\n');
      return setTimeout(600_000);
    }),
  /** Adds one to the number in a file, by reading and writing it. */
  count: async () => {
    for (let round = 0; round < Number(rounds); round += 1) {
      await withLock(
        lock,
        () => writeFileSync(file, String(Number(readFileSync(file, 'utf8')) + 1)),
        patient,
      );
    }
  },
  /** Writes when it comes in, and dies there. */
  die: () =>
    withLock(
      lock,
      async () => {
        appendFileSync(file, `in ${process.pid}\n`);
        await setTimeout(0);
        appendFileSync(file, `dies ${process.pid}\n`);
        process.kill(process.pid, 'SIGKILL');
      },
      patient,
    ),
};

await roles[role]();
