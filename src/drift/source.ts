import { DEFAULT_MEMORY_LIMIT } from '../catalogue/ingest.js';
import type { IngestReport, RowCounts, SourceReport } from '../catalogue/report.js';
import { rulesFor } from '../catalogue/rules.js';
import { stageCatalogue } from '../catalogue/stage-catalogue.js';
import { featuresOfKept, knownTracks } from '../catalogue/staged-features.js';
import type { Progress } from '../core/progress.js';
import { openDatabase } from '../engine/duckdb/database.js';
import type { Model } from '../models/format.js';
import { compile, predictOne } from '../models/predict.js';
import { type Assessment, assess } from './assess.js';
import { countTrack, emptyCounts } from './counts.js';
import { type Finding, judge } from './finding.js';
import type { KindFound } from './kinds.js';
import { isTold, worst } from './limits.js';
import { rareShare } from './shares.js';
import { tallyOf } from './tally.js';

/** A catalogue against what the model was trained on. */
export interface SourceDrift extends Assessment {
  readonly sources: readonly SourceReport[];
  readonly rows: RowCounts;
  /** Share of the kept tracks that are in the model's own catalogue; null where that isn't at hand. */
  readonly known_tracks_share: number | null;
}

/** The catalogue that a model was trained on, as far as it is at hand. */
export interface Trained {
  /** Parquet files of T1, both sides. */
  readonly tracks: readonly string[];
  readonly report: IngestReport;
}

export interface SourceDriftOptions {
  readonly source: string;
  readonly model: Model;
  readonly trained: Trained | undefined;
  readonly scratch: string;
  readonly memoryLimit?: string;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
}

/** Share of known tracks under which a catalogue comes from elsewhere: one that grew holds nearly all of them. */
const OTHER_SOURCE = 0.5;

/** Share of rows that a feature's range rejects from which on it isn't dirt but another unit. */
const OTHER_RANGE = 0.5;

/**
 * Cleans a catalogue by T1's rules, puts every kept track into its segment, and compares all of it with the training rows. Works in a
 * stream; nothing but the cleaning grows with the rows.
 *
 * @throws SegueError as `ingest` does: a catalogue without a feature is another schema, and its error says so
 */
export async function sourceDrift(options: SourceDriftOptions, progress: Progress): Promise<SourceDrift> {
  const { source, model, trained, scratch, threads, signal } = options;
  const { contract } = model;
  const memoryLimit = options.memoryLimit ?? DEFAULT_MEMORY_LIMIT;
  const database = await openDatabase({ scratch, memoryLimit, threads, signal });
  try {
    const context = { database, contract, rules: rulesFor(contract, {}), progress };
    const { sources, counts } = await stageCatalogue(context, source, {});
    progress.step('comparing tracks');
    const tally = await tallyOfKept(model, featuresOfKept(database, contract));
    const known = trained === undefined ? null : await knownTracks(database, trained.tracks);
    const assessment = assess(model, tally);
    const rejects = rejectFindings(counts, trained?.report);
    const share = known === null ? null : known / counts.kept;
    return {
      ...assessment,
      verdict: worst([
        assessment.verdict,
        ...rejects.filter(({ verdict }) => isTold(verdict)).map(({ verdict }) => verdict),
      ]),
      findings: [...assessment.findings, ...rejects],
      kinds: [...sourceKinds(share), ...rejectKinds(rejects, counts), ...assessment.kinds],
      sources,
      rows: counts,
      known_tracks_share: share,
    };
  } finally {
    await database.close();
  }
}

async function tallyOfKept(model: Model, chunks: ReturnType<typeof featuresOfKept>) {
  const compiled = compile(model);
  const counts = emptyCounts(model);
  const values = model.reference.map(() => 0);
  for await (const { rows, columns } of chunks) {
    for (let row = 0; row < rows; row += 1) {
      for (let j = 0; j < values.length; j += 1) values[j] = columns[j]![row]!;
      countTrack(counts, compiled, predictOne(compiled, values), values);
    }
  }
  return tallyOf(model, counts.sums);
}

/** Rows that were rejected for a reason more often than in the training catalogue. Repeated tracks say nothing about the others. */
function rejectFindings({ read, rejected }: RowCounts, report: IngestReport | undefined): readonly Finding[] {
  return Object.entries(rejected)
    .filter(([reason]) => reason !== 'duplicate_track_id')
    .map(([reason, rows]) => {
      const before = (report?.rows.rejected[reason] ?? 0) / (report?.rows.read ?? 1);
      return judge({ subject: reason, measure: 'share', ...rareShare(rows, read, before) }, false);
    });
}

function sourceKinds(knownShare: number | null): readonly KindFound[] {
  if (knownShare === null || knownShare >= OTHER_SOURCE) return [];
  return [
    {
      kind: 'source',
      subject: 'tracks',
      why: `${Math.round(knownShare * 100)} % of the tracks are in the catalogue that the model was trained on: these come from elsewhere.`,
    },
  ];
}

function rejectKinds(findings: readonly Finding[], { read, rejected }: RowCounts): readonly KindFound[] {
  return findings
    .filter(({ verdict }) => isTold(verdict))
    .map(({ subject }): KindFound => {
      const share = rejected[subject]! / read;
      const percent = `${Number((share * 100).toPrecision(2))} %`;
      return subject.endsWith('_out_of_range') && share > OTHER_RANGE
        ? {
            kind: 'scale',
            subject,
            why: `${percent} of the rows are out of the feature’s range: another unit.`,
          }
        : { kind: 'schema', subject, why: `${percent} of the rows were rejected: ${subject}.` };
    });
}
