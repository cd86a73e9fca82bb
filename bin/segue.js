#!/usr/bin/env node
import { main } from '../dist/cli/main.js';

/** Work that was given up, a task beyond its time say, doesn't keep the process longer than this. */
const GIVEN_UP_MS = 3_000;

process.exitCode = await main(process.argv);
if (process.exitCode !== 0) setTimeout(() => process.exit(), GIVEN_UP_MS).unref();
