import { readFile, writeFile } from 'node:fs/promises';
import { sha256 } from '#segue/core/hash.js';
import type { Home } from '#segue/core/home.js';
import type { Model } from '#segue/models/format.js';

/** Makes a version's files what the release before permanent ids wrote. */
export async function writeAsEarlierRelease(home: Home, version: string): Promise<void> {
  const { model, checksums } = home.model(version);
  const { segments, ...rest } = JSON.parse(await readFile(model, 'utf8')) as Model;
  const text = JSON.stringify({
    ...rest,
    format: 'segue-model/1',
    segments: segments.map(({ segment_id: _id, identity: _history, ...segment }) => segment),
  });
  await writeFile(model, text);
  const sums = JSON.parse(await readFile(checksums, 'utf8')) as object;
  await writeFile(checksums, JSON.stringify({ ...sums, 'model.json': sha256(text) }));
}
