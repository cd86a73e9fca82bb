import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configurationSchema } from '#segue/cli/settings/schema.js';
import { GROUPS } from '#segue/cli/settings/table.js';
import { envExample } from './env-example.js';
import { configurationPage } from './page.js';

const PAGE = fileURLToPath(new URL('../../docs/configuration.md', import.meta.url));

/** What is made of the settings, by its path from the root. */
export function configurationTexts(): ReadonlyMap<string, string> {
  return new Map([
    ['.env.example', envExample(GROUPS)],
    ['docs/configuration.md', configurationPage(readFileSync(PAGE, 'utf8'), GROUPS)],
    ['docs/segue.config.schema.json', `${JSON.stringify(configurationSchema(), null, 2)}\n`],
  ]);
}
