import { type Model, modelText } from '../format.js';
import { exportJoblib } from './joblib.js';
import { exportOnnx } from './onnx.js';

export const EXPORT_FORMATS = ['json', 'onnx', 'joblib'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The bytes of a model in a format that others read. The same model always gives the same bytes; `json` is `model.json` itself. */
export function exportModel(model: Model, format: ExportFormat): Uint8Array {
  switch (format) {
    case 'json':
      return Buffer.from(modelText(model));
    case 'onnx':
      return exportOnnx(model);
    case 'joblib':
      return exportJoblib(model);
    default:
      throw new TypeError(`No such format: ${String(format satisfies never)}`);
  }
}
