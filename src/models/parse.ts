import { SegueError } from '../core/errors.js';
import { Compile } from '../core/typebox.js';
import { hashOfContent, MODEL_FORMAT, type Model, versionOf } from './format.js';
import { ModelSchema } from './schema.js';

const shape = Compile(ModelSchema);

/**
 * Reads the text of a `model.json` and believes none of it: shape, finite numbers, lengths (k segments, d features), positive standard
 * deviations, and that the content has the hash and the version that it claims. `parent` and the segments' `identity` are outside the
 * hash; the folder's checksums cover them.
 *
 * @param source what the text came from, for the message
 * @throws SegueError SEGUE_MODEL_CORRUPT; SEGUE_MODEL_FORMAT for the format of another release
 */
export function parseModel(text: string, source: string): Model {
  const value = parseJson(text, source);
  checkFormat(value, source);
  checkShape(value, source);
  checkLengths(value, source);
  checkSegments(value, source);
  const hash = hashOfContent(value);
  if (hash !== value.hash)
    throw corrupt(source, 'the content has another hash than it claims', hash, value.hash);
  const version = versionOf(hash);
  if (version !== value.version)
    throw corrupt(source, 'the version is not that of its hash', value.version, version);
  return value;
}

/** An error about a file of the registry, for all that check them. */
export function corrupt(
  source: string,
  what: string,
  value?: string | number,
  expected?: string | number,
  cause?: unknown,
): SegueError {
  return new SegueError('SEGUE_MODEL_CORRUPT', {
    what: `${source}: ${what}`,
    value,
    limit: expected,
    mend: 'Restore the version’s folder from a copy, or move it away and train again; other versions are not touched by this.',
    cause,
  });
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw corrupt(source, 'not JSON', excerpt(text), undefined, cause);
  }
}

function checkFormat(value: unknown, source: string): void {
  const format = (value as { readonly format?: unknown } | null)?.format;
  if (typeof format !== 'string' || format === MODEL_FORMAT || !/^segue-model\/\d+$/.test(format)) return;
  throw new SegueError('SEGUE_MODEL_FORMAT', {
    what: `${source} has the format of another release of Segue`,
    value: format,
    limit: MODEL_FORMAT,
    mend: 'Train again: segue run --source <file>. The run replaces it in production.',
  });
}

function checkShape(value: unknown, source: string): asserts value is Model {
  if (shape.Check(value)) return;
  const error = shape.Errors(value).find(({ keyword }) => keyword !== 'boolean'); // `boolean` repeats additionalProperties
  const at = error?.instancePath ?? '';
  const found = at === '' ? undefined : excerpt(JSON.stringify(valueAt(value, at)) ?? 'nothing');
  throw corrupt(source, `not a model at ${at || 'its top'}`, found, error && expectationOf(error));
}

function checkLengths(model: Model, source: string): void {
  const names = model.contract.features.map(({ name }) => name);
  const d = names.length;
  const k = model.training.k;
  const lengths: readonly (readonly [what: string, length: number, expected: number])[] = [
    ['different names of features', new Set(names).size, d],
    ['length of scaler.mean', model.scaler.mean.length, d],
    ['length of scaler.sd', model.scaler.sd.length, d],
    ['length of reference', model.reference.length, d],
    ['number of centroids', model.centroids.length, k],
    ['number of segments', model.segments.length, k],
    ...model.centroids.map((centroid, c) => [`length of centroid ${c}`, centroid.length, d] as const),
    ...model.segments.map(({ cluster_id }, c) => [`cluster_id of segment ${c}`, cluster_id, c] as const),
  ];
  for (const [what, value, expected] of lengths) {
    if (value !== expected) throw corrupt(source, what, value, expected);
  }
  model.reference.forEach(({ feature }, j) => {
    if (feature !== names[j]) throw corrupt(source, `feature of reference ${j}`, feature, names[j]);
  });
}

function checkSegments({ segments }: Model, source: string): void {
  const ids = new Set(segments.map(({ segment_id }) => segment_id));
  if (ids.size !== segments.length)
    throw corrupt(source, 'different ids of segments', ids.size, segments.length);
  for (const { cluster_id, rows, distances } of segments) {
    const at = `distances of segment ${cluster_id}`;
    if (distances === null) {
      if (rows > 0) throw corrupt(source, `${at} are missing`, 0, rows);
      continue;
    }
    const { p50, p90, p95, p99, p99_9, max } = distances;
    const ascending = [p50, p90, p95, p99, p99_9, max];
    if (ascending.some((distance, i) => distance < (ascending[i - 1] ?? 0)))
      throw corrupt(source, `${at} are not ascending`, ascending.join(', '));
  }
}

function expectationOf({
  keyword,
  params,
  message,
}: {
  keyword: string;
  params: object;
  message: string;
}): string {
  const detail = keyword === 'required' || keyword === 'additionalProperties' || keyword === 'const';
  return detail ? `${message} ${JSON.stringify(Object.values(params).flat())}` : message;
}

/** What a JSON pointer (RFC 6901) names. */
function valueAt(value: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1);
  return keys
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
