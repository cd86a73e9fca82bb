import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { homeAt } from '#segue/core/home.js';
import { prometheusObserver } from '#segue/monitoring/metrics.js';
import { assembleService } from '#segue/service/assemble.js';
import { createLogger } from '#segue/service/log.js';

/** Writes docs/openapi.json: the document that the service answers at /openapi.json. */
async function writeDocument(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-openapi-'));
  const { app } = await assembleService({
    home: homeAt(folder),
    observer: prometheusObserver(),
    logger: createLogger({ level: 'silent' }),
    watch: () => () => {},
  });
  try {
    const document = (await app.inject('/openapi.json')).json<unknown>();
    const path = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));
    await writeFile(path, `${JSON.stringify(document, null, 2)}\n`);
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
}

await writeDocument();
