#!/usr/bin/env node
import { main } from '../dist/cli/main.js';

/** Work that was given up, a task beyond its time say, doesn't keep the process longer than this. */
const GIVEN_UP_MS = 3_000;

/** A reader that has read enough, such as `head`, is no fault of the command. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await main(process.argv);
if (process.exitCode !== 0) setTimeout(() => process.exit(), GIVEN_UP_MS).unref();
