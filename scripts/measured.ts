import { readFile, writeFile } from 'node:fs/promises';
import { measuredText } from '../bench/measured.js';
import { withMeasured } from '../bench/spark/page.js';

/** Writes what benches measured where it is used: src/costs/measured.ts, which `segue costs` reckons with, and docs/scaling.md. */
const PAGE = new URL('../docs/scaling.md', import.meta.url);
await writeFile(new URL('../src/costs/measured.ts', import.meta.url), measuredText());
await writeFile(PAGE, withMeasured(await readFile(PAGE, 'utf8')));
