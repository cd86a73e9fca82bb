import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SegueError } from '#segue/core/errors.js';
import { MODEL_FORMAT, type Model, modelText, type Segment, sealModel } from '#segue/models/format.js';
import { parseModel } from '#segue/models/parse.js';
import { contentOf, exampleModel } from './example.js';

const model = exampleModel({ k: 3, d: 2 });

const REFUSALS = new Set(['SEGUE_MODEL_CORRUPT', 'SEGUE_MODEL_FORMAT']);

function parseOrRefuse(text: string): Model | SegueError {
  try {
    return parseModel(text, 'model.json');
  } catch (error) {
    if (error instanceof SegueError && REFUSALS.has(error.code)) return error;
    throw error;
  }
}

function refusal(text: string): SegueError {
  const outcome = parseOrRefuse(text);
  if (outcome instanceof SegueError) return outcome;
  throw new Error('was not refused');
}

/** The refusal of a model with some parts replaced, and sealed anew, so that the hash is not what gives it away. */
function refusalOf(change: Partial<Model>): string {
  const { what, value, limit } = refusal(modelText(sealModel({ ...model, ...change }, null))).details;
  return [what, value, limit].map((part) => part ?? '-').join(' | ');
}

describe('parseModel', () => {
  it('gives back what was written, for any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 7 }), fc.nat(), (k, d, seed) => {
        const written = exampleModel({ k, d, seed }, 'm-0123456789ab');
        expect(parseModel(modelText(written), 'model.json')).toEqual(written);
      }),
      { numRuns: 50 },
    );
  });

  it('gives back every number to the last bit', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    const row = fc.array(double, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(row, fc.array(row, { minLength: 1, maxLength: 4 }), (mean, centroids) => {
        const written = sealModel(
          contentOf(
            mean.map((x) => x / 1e9),
            [1e-300, 1, 1e9],
            centroids,
          ),
          null,
        );
        expect(modelText(parseModel(modelText(written), 'model.json'))).toBe(modelText(written));
      }),
    );
  });

  it('says what is wrong, the value and what was expected', () => {
    const { scaler, centroids, segments, reference, training } = model;
    expect(refusalOf({ scaler: { ...scaler, sd: [1, 0] } })).toBe(
      'model.json: not a model at /scaler/sd/1 | 0 | must be > 0',
    );
    expect(refusalOf({ scaler: { ...scaler, mean: [1] } })).toBe('model.json: length of scaler.mean | 1 | 2');
    expect(refusalOf({ centroids: centroids.slice(1) })).toBe('model.json: number of centroids | 2 | 3');
    expect(refusalOf({ centroids: [[1, 2, 3], ...centroids.slice(1)] })).toBe(
      'model.json: length of centroid 0 | 3 | 2',
    );
    expect(refusalOf({ segments: segments.toReversed() })).toBe(
      'model.json: cluster_id of segment 0 | 2 | 0',
    );
    expect(refusalOf({ reference: reference.toReversed() })).toBe(
      'model.json: feature of reference 0 | feature_1 | feature_0',
    );
    expect(refusalOf({ training: { ...training, k: 4 } })).toBe('model.json: number of centroids | 3 | 4');
    expect(refusalOf({ format: 'other/2' as typeof MODEL_FORMAT })).toBe(
      'model.json: not a model at /format | "other/2" | must be equal to constant ["segue-model/2"]',
    );
    const [first, ...others] = segments as [Segment, ...Segment[]];
    expect(refusalOf({ segments: [{ ...first, segment_id: 'seg_0123456789' }, ...others] })).toBe(
      'model.json: not a model at /segments/0/segment_id | "seg_0123456789" | must match pattern "^seg_[a-z2-7]{10}$"',
    );
    expect(refusalOf({ segments: [{ ...first, segment_id: others[0]!.segment_id }, ...others] })).toBe(
      'model.json: different ids of segments | 2 | 3',
    );
    expect(refusalOf({ segments: [{ ...first, distances: null }, ...others] })).toBe(
      'model.json: distances of segment 0 are missing | 0 | 100',
    );
    expect(
      refusalOf({ segments: [{ ...first, distances: { ...first.distances!, p99_9: 0.5 } }, ...others] }),
    ).toBe('model.json: distances of segment 0 are not ascending | 1, 1.5, 2, 2.5, 0.5, 4 | -');
    expect(refusalOf({ extra: 1 } as Partial<Model>)).toBe(
      'model.json: not a model at its top | - | must not have additional properties ["extra"]',
    );
    expect(refusal('{"version":').details.what).toBe('model.json: not JSON');
    expect(refusal('[]').details.what).toBe('model.json: not a model at its top');
    expect(
      refusal(modelText(model).replace(/"mean": \[\s+[-\d.]+/, '"mean": [ 1e999')).details,
    ).toMatchObject({
      what: 'model.json: not a model at /scaler/mean/0',
    });
  });

  it.each(['segue-model/1', 'segue-model/3'])('refuses %s and says to train again', (format) => {
    const text = modelText(model).replace(MODEL_FORMAT, format);
    expect(() => parseModel(text, 'model.json')).toThrowError(
      expect.objectContaining({
        code: 'SEGUE_MODEL_FORMAT',
        details: {
          what: 'model.json has the format of another release of Segue',
          value: format,
          limit: MODEL_FORMAT,
          mend: expect.stringContaining('Train again') as unknown,
        },
      }),
    );
  });

  it('refuses content that has another hash, and a version that is not the hash’s', () => {
    const other = { ...model, lineage: { ...model.lineage, train_rows: 301 } };
    expect(refusal(modelText(other)).details.what).toBe(
      'model.json: the content has another hash than it claims',
    );
    expect(refusal(modelText({ ...model, version: 'm-000000000000' })).details).toMatchObject({
      what: 'model.json: the version is not that of its hash',
      value: 'm-000000000000',
      limit: model.version,
    });
  });

  it('refuses a flipped bit anywhere, but in white space and in what the hash leaves out: parent and identity', () => {
    const whole = exampleModel({ k: 2, d: 2 }, 'm-0123456789ab');
    const bytes = Buffer.from(modelText(whole));
    const withHistory = (read: Model): Model => ({
      ...read,
      parent: whole.parent,
      segments: read.segments.map((segment, c) => ({ ...segment, identity: whole.segments[c]!.identity })),
    });
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const flipped = Buffer.from(bytes);
        flipped[at]! ^= 1 << bit;
        const outcome = parseOrRefuse(flipped.toString());
        const harmless =
          outcome instanceof SegueError || modelText(withHistory(outcome)) === bytes.toString();
        expect(harmless).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
