import { describeGolden, type Outcome } from '../catalogue/golden-suite.js';
import { type Row, workbench } from '../catalogue/workbench.js';
import { clusterForTests, ingestThere } from './cluster.js';

const bench = await workbench();
const cluster = clusterForTests();

/**
 * What no engine can say alike: a cluster hides files that begin with a dot or an underscore and those without a byte, and a number of a
 * Parquet file is quoted as the engine writes numbers.
 */
function allow(outcome: Outcome): Outcome {
  if (!('rejects' in outcome)) return outcome;
  const { sources, ignored_files: ignored, rejects } = outcome as unknown as Whole;
  return {
    ...outcome,
    sources: sources.filter(({ format }) => format !== 'empty'),
    ignored_files: ignored.filter((name) => !/^[._]/.test(name)),
    rejects: rejects.map(({ detail, raw, ...row }) => ({
      ...row,
      detail: String(detail).replace(/=inf$/, '=Infinity'),
      raw: String(raw).startsWith('{') ? numbersIn(String(raw)) : raw,
    })),
  };
}

interface Whole {
  readonly sources: readonly { readonly format: string }[];
  readonly ignored_files: readonly string[];
  readonly rejects: readonly Row[];
}

/** A JSON object without what its numbers look like. */
function numbersIn(json: string): unknown {
  const text = json.replaceAll(/(?<=[:,[])(NaN|-?Infinity)/g, '"$1"');
  const shorter = (_: string, value: unknown) => (typeof value === 'number' ? Math.fround(value) : value);
  return JSON.parse(text, shorter);
}

describeGolden('Spark', bench, (source, rules) => ingestThere(bench, cluster(), source, { rules }), allow);
