import { writeFile } from 'node:fs/promises';
import { measuredText } from '../bench/measured.js';

/** Writes src/costs/measured.ts: what benches measured and `segue costs` reckons with. */
await writeFile(new URL('../src/costs/measured.ts', import.meta.url), measuredText());
