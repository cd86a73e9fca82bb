import proto from 'onnx-proto';
import { describe, expect, it } from 'vitest';
import { exportOnnx } from '#segue/models/export/onnx.js';
import { exampleModel } from '../example.js';

const model = exampleModel({ k: 3, d: 2 });
const file = proto.onnx.ModelProto.decode(exportOnnx(model));
const { graph } = file.toJSON() as {
  graph: {
    node: { opType: string; input: string[]; output: string[] }[];
    initializer: { name: string; dims?: string[]; doubleData: number[] }[];
  };
};

describe('the ONNX file', () => {
  it('computes label and distances from the features, each step from what was made before', () => {
    expect(
      graph.node.map(({ opType, input, output }) => `${output.join(', ')} = ${opType}(${input.join(', ')})`),
    ).toEqual([
      'centred = Sub(features, mean)',
      'unbounded_z = Div(centred, sd)',
      'z = Clip(unbounded_z, lowest_z, highest_z)',
      'z_feature_0, z_feature_1 = Split(z)',
      'difference_feature_0 = Sub(z_feature_0, centroids_feature_0)',
      'squares_to_feature_0 = Mul(difference_feature_0, difference_feature_0)',
      'difference_feature_1 = Sub(z_feature_1, centroids_feature_1)',
      'square_feature_1 = Mul(difference_feature_1, difference_feature_1)',
      'squares = Add(squares_to_feature_0, square_feature_1)',
      'label = ArgMin(squares)',
      'distances = Sqrt(squares)',
    ]);
    const known = new Set(['features', ...graph.initializer.map(({ name }) => name)]);
    for (const { input, output } of graph.node) {
      expect(input.every((name) => known.has(name))).toBe(true);
      for (const name of output) known.add(name);
    }
  });

  it('holds scaler and centroids to the last bit', () => {
    const constants = Object.fromEntries(graph.initializer.map(({ name, doubleData }) => [name, doubleData]));
    expect(constants).toEqual({
      mean: model.scaler.mean,
      sd: model.scaler.sd,
      lowest_z: [-1e150],
      highest_z: [1e150],
      centroids_feature_0: model.centroids.map((centroid) => centroid[0]),
      centroids_feature_1: model.centroids.map((centroid) => centroid[1]),
    });
  });

  it('says which model it is', () => {
    const metadata = new Map(file.metadataProps.map(({ key, value }) => [key, value]));
    expect(metadata.get('segue_model_version')).toBe(model.version);
    expect(metadata.get('segue_model_hash')).toBe(model.hash);
    expect(metadata.get('features')).toBe('["feature_0","feature_1"]');
    expect(JSON.parse(metadata.get('segments') ?? '')).toHaveLength(3);
  });

  it('sums over a single feature too', () => {
    const single = proto.onnx.ModelProto.decode(exportOnnx(exampleModel({ k: 2, d: 1 })));
    expect(single.graph?.node?.map(({ opType }) => opType)).toEqual([
      'Sub',
      'Div',
      'Clip',
      'Split',
      'Sub',
      'Mul',
      'ArgMin',
      'Sqrt',
    ]);
  });
});
