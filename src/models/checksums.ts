import { Check, type Static, Type } from '../core/typebox.js';
import { corrupt } from './parse.js';
import { HASH_PATTERN } from './schema.js';

/** The files of a version whose bytes never change. */
export const CHECKED_FILES = ['model.json', 'metrics.json', 'profile.json'] as const;

export type CheckedFile = (typeof CHECKED_FILES)[number];

const Sha256 = Type.String({ pattern: HASH_PATTERN });

/** SHA-256 of each file of a version: `checksums.json` beside them, and in the ledger once the version is registered. */
export const ChecksumsSchema = Type.Object(
  { 'model.json': Sha256, 'metrics.json': Sha256, 'profile.json': Sha256 } satisfies Record<
    CheckedFile,
    unknown
  >,
  { additionalProperties: false },
);

export type Checksums = Readonly<Static<typeof ChecksumsSchema>>;

/** @throws SegueError SEGUE_MODEL_CORRUPT, naming the first file that differs */
export function compareChecksums(folder: string, found: Checksums, expected: Checksums): void {
  for (const name of CHECKED_FILES) {
    if (found[name] !== expected[name]) {
      throw corrupt(
        `${folder}/${name}`,
        'the file has changed since it was written',
        found[name],
        expected[name],
      );
    }
  }
}

/** @throws SegueError SEGUE_MODEL_CORRUPT */
export function parseChecksums(text: string, source: string): Checksums {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw corrupt(source, 'not JSON', undefined, undefined, cause);
  }
  if (Check(ChecksumsSchema, value)) return value;
  throw corrupt(source, 'not a list of checksums', undefined, `SHA-256 of ${CHECKED_FILES.join(', ')}`);
}
