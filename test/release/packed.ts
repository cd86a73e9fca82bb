import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../docs/files.js';

/** What `npm pack` made. */
export interface Packed {
  /** The tarball. */
  readonly path: string;
  /** Bytes of the tarball. */
  readonly size: number;
  /** Bytes once it is unpacked. */
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Packs as a release is: npm takes what was built away, and builds anew. */
export async function pack(folder: string): Promise<Packed> {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: ROOT,
    maxBuffer: 2 ** 24,
  });
  const [packed] = JSON.parse(stdout.slice(stdout.search(/^\[$/m))) as [
    Omit<Packed, 'path'> & { readonly filename: string },
  ];
  return { ...packed, path: join(folder, packed.filename) };
}
