import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { referencePages } from './reference/all.js';

/** Writes docs/reference: pages that are made from code. */
const folder = fileURLToPath(new URL('../docs/reference/', import.meta.url));
for (const [name, text] of await referencePages()) await writeFile(`${folder}${name}`, text);
