import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { configurationTexts } from './config/texts.js';

/** Writes what tells people of the settings: .env.example, docs/configuration.md, and the schema of the configuration file. */
const root = fileURLToPath(new URL('../', import.meta.url));
for (const [path, text] of configurationTexts()) await writeFile(`${root}${path}`, text);
