import type { SplitMeasures } from '../metrics.js';
import { sum } from '../sum.js';
import type { TrainingInput } from '../train.js';

/** What a reader of figures should know that are partly of a sample; nothing where the sample is all rows. */
export function notesOnSample(
  { train, test, k, parent }: TrainingInput,
  measures: { readonly train: SplitMeasures; readonly test: SplitMeasures },
): { readonly train: readonly string[]; readonly test: readonly string[] } {
  const of = {
    train: share(train.rows, sum(measures.train.rows)),
    test: share(test.rows, sum(measures.test.rows)),
  };
  const chosen = k === 'auto' ? ['the curve that k is chosen from'] : [];
  const kept = parent === undefined ? [] : ['what became of the segments in production'];
  const described = [...chosen, 'deciles', 'exemplars', 'distances', ...kept];
  return {
    train:
      of.train === undefined
        ? []
        : [
            `The Euclidean Silhouette is estimated from ${of.train}; so are ${listed(described)}. All other figures are of all rows.`,
          ],
    test:
      of.test === undefined
        ? []
        : [`The Euclidean Silhouette is estimated from ${of.test}. All other figures are of all rows.`],
  };
}

function share(sample: number, rows: number): string | undefined {
  if (sample === rows) return undefined;
  return `a sample of ${sample.toLocaleString('en')} of the ${rows.toLocaleString('en')} rows`;
}

function listed(items: readonly string[]): string {
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
