import type { IngestReport } from '../../catalogue/ingest.js';
import { sha256OfJson } from '../../core/hash.js';
import type { RunOptions } from '../options.js';

/** What a model was made from, beside its code and its parent, which `model.json` names. Holds no path. */
export interface Origin {
  /** Hash of the options that have a say in the result, the gate's limits included. */
  readonly config_hash: string;
  /** Without a SHA-256 where a cluster read a file in parts. */
  readonly sources: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string | null;
  }[];
}

export function originOf({ sources }: IngestReport, options: RunOptions): Origin {
  const { source: _where, ...config } = options;
  return {
    config_hash: sha256OfJson(config),
    sources: sources.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  };
}
