import proto from 'onnx-proto';
import type { Model } from '../format.js';
import { FARTHEST_Z } from '../predict.js';

const { onnx } = proto;

const { DOUBLE, INT64 } = onnx.TensorProto.DataType;

// The oldest forms that have all that is needed in double precision: ONNX 1.8 and whatever is newer.
const IR_VERSION = 7;
const OPSET = 13;

/**
 * The model as an ONNX graph: `features` (double [N, d], raw units, in the contract's order) to `label` (int64 [N]) and `distances`
 * (double [N, k], Euclidean, in standardised units).
 *
 * It repeats `predictOne` operation by operation, in the same order: sums over features are a chain of Add, since a ReduceSum or a
 * matrix product may sum in another order and give a row on a boundary to the other segment.
 */
export function exportOnnx(model: Model): Uint8Array {
  const { contract, scaler, centroids, version, hash, segments, lineage } = model;
  const features = contract.features.map(({ name }) => name);
  const graph = {
    name: version,
    docString: `Segue model ${version}: standardise, then the nearest of ${centroids.length} centroids.`,
    node: [...standardise(features), ...squaredDistances(features), ...answers()],
    initializer: [
      doubles('mean', scaler.mean),
      doubles('sd', scaler.sd),
      doubles('lowest_z', -FARTHEST_Z),
      doubles('highest_z', FARTHEST_Z),
      ...features.map((name, j) =>
        doubles(
          `centroids_${name}`,
          centroids.map((centroid) => centroid[j]!),
        ),
      ),
    ],
    input: [tensorInfo('features', DOUBLE, ['N', features.length])],
    output: [tensorInfo('label', INT64, ['N']), tensorInfo('distances', DOUBLE, ['N', centroids.length])],
  };
  const metadata = {
    segue_model_version: version,
    segue_model_hash: hash,
    features: JSON.stringify(features),
    segments: JSON.stringify(segments.map(({ cluster_id, name }) => ({ cluster_id, name }))),
  };
  const file = onnx.ModelProto.fromObject({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPSET }],
    producerName: 'segue',
    producerVersion: lineage.segue_version,
    graph,
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
  return onnx.ModelProto.encode(file).finish();
}

function standardise(features: readonly string[]): Node[] {
  return [
    node('Sub', ['features', 'mean'], ['centred']),
    node('Div', ['centred', 'sd'], ['unbounded_z']),
    node('Clip', ['unbounded_z', 'lowest_z', 'highest_z'], ['z']),
    node(
      'Split',
      ['z'],
      features.map((name) => `z_${name}`),
      { axis: 1 },
    ),
  ];
}

/** For each feature [N, 1] - [k] = [N, k], squared and added to the sum of those before. */
function squaredDistances(features: readonly string[]): Node[] {
  const last = features.length - 1;
  const sum = (j: number): string => (j === last ? 'squares' : `squares_to_${features[j]}`);
  return features.flatMap((name, j) => {
    const square = j === 0 ? sum(0) : `square_${name}`;
    return [
      node('Sub', [`z_${name}`, `centroids_${name}`], [`difference_${name}`]),
      node('Mul', [`difference_${name}`, `difference_${name}`], [square]),
      ...(j === 0 ? [] : [node('Add', [sum(j - 1), square], [sum(j)])]),
    ];
  });
}

function answers(): Node[] {
  return [
    node('ArgMin', ['squares'], ['label'], { axis: 1, keepdims: 0, select_last_index: 0 }),
    node('Sqrt', ['squares'], ['distances']),
  ];
}

interface Node {
  readonly opType: string;
  readonly name: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly object[];
}

function node(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  integers: Readonly<Record<string, number>> = {},
): Node {
  const { INT } = onnx.AttributeProto.AttributeType;
  const attribute = Object.entries(integers).map(([name, i]) => ({ name, type: INT, i }));
  return { opType, name: `${opType}_${output[0]}`, input, output, attribute };
}

/** A constant: a list, or a scalar without dimensions. */
function doubles(name: string, values: number | readonly number[]): object {
  const list = typeof values === 'number' ? [values] : values;
  return { name, dataType: DOUBLE, dims: typeof values === 'number' ? [] : [list.length], doubleData: list };
}

function tensorInfo(name: string, elemType: number, dims: readonly (string | number)[]): object {
  const dim = dims.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
