import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { SegueError } from '../../core/errors.js';
import type { Cluster } from '../../engine/cluster.js';
import type { FeatureContract } from '../../features/contract.js';
import { splitFields } from '../fields.js';
import type { TextHeader } from '../header.js';
import { asPlainText } from '../plain-text.js';
import { readRecords, type TextLayout } from '../read-records.js';
import { readHeaderOfFile, requireTable } from '../read-text.js';
import { RECORD, type RecordCode } from '../record.js';
import { faultOf } from '../record-fault.js';
import type { Rule } from '../rules.js';
import { requireColumns } from '../staged-file.js';
import type { RecordSender } from './records.js';
import type { ClusterSource } from './sources.js';

/** A text whose records this machine read. */
export interface TextReadHere {
  readonly source: ClusterSource;
  readonly number: number;
  readonly compressed: boolean;
  readonly sha256: string;
  readonly encoding: string;
  readonly header: TextHeader;
}

/** A file comes as one value to the machine of the cluster that reads it. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * Fetches a text and reads it on this machine: one that isn't UTF-8 parted by line feeds, or is compressed without saying so. Its records go
 * back to the cluster.
 *
 * @param scratch an existing folder, which must be empty afterwards
 * @returns undefined for a file without even a header
 * @throws SegueError as `readTextInSteps`; SEGUE_SOURCE_NOT_A_TABLE for a file of more than 2 GiB
 */
export async function readTextHere(
  cluster: Cluster,
  source: ClusterSource,
  number: number,
  compressed: boolean,
  { contract, rules }: { readonly contract: FeatureContract; readonly rules: readonly Rule[] },
  scratch: string,
  sender: RecordSender,
): Promise<TextReadHere | undefined> {
  const path = join(scratch, 'fetched');
  await fetchFile(cluster, source, path);
  const plain = await asPlainText({ ...source, path }, compressed, scratch, cluster.signal);
  const header = await readHeaderOfFile(plain.path, contract);
  if (header === undefined) return undefined;
  requireTable(source, header);
  requireColumns(source, header.names, header.mapping, contract, rules);
  const { delimiter, names } = header;
  const layout: TextLayout = { delimiter, fields: names.length, badBytes: plain.badBytes };
  for await (const { bytes, count, start, end, line, fields, code } of readRecords(
    plain.path,
    layout,
    cluster.signal,
  )) {
    for (let i = 0; i < count; i += 1) {
      const raw = bytes.toString('utf8', start[i], end[i]);
      const isRow = code[i]! <= RECORD.untidy;
      await sender.send({
        file: number,
        line: line[i]!,
        code: code[i]!,
        raw,
        fields: isRow ? splitFields(raw, delimiter) : null,
        fault: faultOf(code[i] as RecordCode, fields[i]!, names.length) ?? null,
      });
    }
  }
  return { source, number, compressed, sha256: plain.sha256, encoding: plain.encoding, header };
}

async function fetchFile(
  cluster: Cluster,
  { name, path, bytes }: ClusterSource,
  target: string,
): Promise<void> {
  if (bytes > MOST_BYTES) {
    throw new SegueError('SEGUE_SOURCE_NOT_A_TABLE', {
      what: 'The file is not UTF-8 with lines ended by line feeds, and too large to be read on this machine',
      value: `${name}: ${bytes} bytes`,
      limit: `${MOST_BYTES} bytes`,
      mend: 'Convert it to UTF-8 (iconv -t utf-8), or split it.',
    });
  }
  const file = await open(target, 'w');
  try {
    for await (const piece of cluster.pieces([path]))
      await file.write(piece.bytes, 0, piece.bytes.length, piece.offset);
  } finally {
    await file.close();
  }
}
