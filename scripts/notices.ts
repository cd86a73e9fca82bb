import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { noticesPage } from './notices/page.js';

/** Writes THIRD-PARTY-NOTICES.md. */
const root = fileURLToPath(new URL('..', import.meta.url));
await writeFile(`${root}THIRD-PARTY-NOTICES.md`, noticesPage(root));
