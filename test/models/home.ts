import { type Home, homeAt } from '#segue/core/home.js';
import type { Act } from '#segue/models/change.js';
import { writeModelVersion } from '#segue/models/files.js';
import { tempFolder } from '../core/temp.js';
import { exampleModel } from './example.js';

export const NOON = Date.UTC(2026, 10, 1, 12);

/** A home that goes with the test, and the names of as many versions as asked for, trained but not registered. */
export async function homeWith(versions: number): Promise<{ home: Home; names: string[] }> {
  const home = homeAt(await tempFolder());
  const models = Array.from({ length: versions }, (_, i) => exampleModel({ k: 2, d: 2, seed: i + 1 }));
  for (const model of models) {
    await writeModelVersion(home, { model, metrics: { version: model.version }, profile: { segments: [] } });
  }
  return { home, names: models.map(({ version }) => version) };
}

/** A person whose clock moves a minute at every look. */
export function actor(): Act {
  let minutes = 0;
  const now = (): Date => {
    minutes += 1;
    return new Date(NOON + 60_000 * minutes);
  };
  return { run: null, actor: 'ana', now };
}
