import type { SplitMeasures } from '../metrics.js';
import { sum } from '../sum.js';
import type { TrainingInput } from '../train.js';

/** What a reader of figures should know that are partly of a sample; nothing where the sample is all rows. */
export function notesOnSample(
  { train, test, k, parent }: TrainingInput,
  measures: { readonly train: SplitMeasures; readonly test: SplitMeasures },
): { readonly train: readonly string[]; readonly test: readonly string[] } {
  const described = [
    'deciles',
    'distances',
    'exemplars',
    ...(parent === undefined ? [] : ['what became of the segments in production']),
    ...(k === 'auto' ? ['the curve that k is chosen from'] : []),
  ];
  return {
    train: notesOn(train.rows, measures.train, described),
    test: notesOn(test.rows, measures.test, []),
  };
}

function notesOn(
  sample: number,
  { rows, silhouettes }: SplitMeasures,
  described: readonly string[],
): string[] {
  const all = sum(rows);
  if (sample === all) return [];
  const unscored = silhouettes?.some(({ mean }) => mean === null) ?? false;
  return [
    `${listed(['The Euclidean Silhouette', ...described])}: of a sample of ${grouped(sample)} of the ${grouped(all)} rows. All else is of all rows.`,
    ...(unscored ? ['The sample has too few rows in two segments for a Euclidean Silhouette.'] : []),
  ];
}

function listed(items: readonly string[]): string {
  const last = items.slice(-1);
  return [items.slice(0, -1).join(', '), ...last].filter((part) => part !== '').join(' and ');
}

function grouped(rows: number): string {
  return rows.toLocaleString('en');
}
