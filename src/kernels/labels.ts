/** Numbers of segments, one a row, in as few bits as hold them: 8 up to 256 segments, 16 beyond. */
export type Labels = Uint8Array<SharedArrayBuffer> | Uint16Array<SharedArrayBuffer>;

/** Segments whose numbers fit a byte, as in assembly/predict.ts. */
const BYTE = 256;

/** Labels of rows of up to `k` segments. */
export function allocateLabels(rows: number, k: number): Labels {
  return labelsIn(new SharedArrayBuffer(k > BYTE ? 2 * rows : rows), 0, rows, k);
}

/** Labels as they lie in a memory. */
export function labelsIn(buffer: SharedArrayBuffer, at: number, rows: number, k: number): Labels {
  return k > BYTE ? new Uint16Array(buffer, at, rows) : new Uint8Array(buffer, at, rows);
}
