/**
 * A Python expression that unpickling evaluates. `object` makes a value, then does the steps that its maker lists with it, and is
 * that value.
 */
export type Python =
  | null
  | boolean
  | string
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'list' | 'tuple'; readonly items: readonly Python[] }
  | { readonly kind: 'global'; readonly module: string; readonly name: string }
  | { readonly kind: 'call'; readonly callee: Python; readonly args: readonly Python[] }
  | PythonObject;

export interface PythonObject {
  readonly kind: 'object';
  readonly made: Python;
  readonly steps: (self: PythonObject) => readonly Python[];
}

export const int = (value: number): Python => ({ kind: 'int', value });

export const list = (items: readonly Python[]): Python => ({ kind: 'list', items });

export const tuple = (...items: readonly Python[]): Python => ({ kind: 'tuple', items });

export const floats = (values: readonly number[]): Python =>
  list(values.map((value) => ({ kind: 'float', value })));

export const float = (value: number): Python => ({ kind: 'float', value });

/** `from module import name`. */
export const global = (module: string, name: string): Python => ({ kind: 'global', module, name });

export const call = (callee: Python, ...args: readonly Python[]): Python => ({ kind: 'call', callee, args });

export const object = (made: Python, steps: PythonObject['steps']): PythonObject => ({
  kind: 'object',
  made,
  steps,
});

const PROTOCOL = 4;

// Opcodes of Python's pickletools.
const OP = {
  proto: 0x80,
  stop: 0x2e, // .
  none: 0x4e, // N
  newTrue: 0x88,
  newFalse: 0x89,
  binInt: 0x4a, // J: four bytes, little-endian, signed
  long1: 0x8a, // length in one byte, then little-endian two's complement
  binFloat: 0x47, // G: eight bytes, big-endian
  binUnicode: 0x58, // X: length in four bytes, then UTF-8
  emptyList: 0x5d, // ]
  mark: 0x28, // (
  appends: 0x65, // e
  tuple: 0x74, // t
  stackGlobal: 0x93,
  reduce: 0x52, // R
  pop: 0x30, // 0
  memoize: 0x94,
  longBinGet: 0x6a, // j
} as const;

/**
 * Pickles a value in protocol 4, which every Python 3.4 or newer reads. The stream has no frames and memoizes objects only: both are
 * optional, and what is written here is small.
 */
export function pickle(value: Python): Uint8Array {
  const memo = new Map<PythonObject, number>();
  const chunks: Buffer[] = [Buffer.of(OP.proto, PROTOCOL)];
  const emit = (...bytes: readonly number[]): void => void chunks.push(Buffer.from(bytes));

  const push = (python: Python): void => {
    if (python === null) emit(OP.none);
    else if (typeof python === 'boolean') emit(python ? OP.newTrue : OP.newFalse);
    else if (typeof python === 'string') chunks.push(textBytes(python));
    else pushNode(python);
  };

  const pushNode = (python: Exclude<Python, null | boolean | string>): void => {
    switch (python.kind) {
      case 'int':
        chunks.push(intBytes(python.value));
        return;
      case 'float':
        chunks.push(floatBytes(python.value));
        return;
      case 'list':
        emit(OP.emptyList, OP.mark);
        python.items.forEach(push);
        emit(OP.appends);
        return;
      case 'tuple':
        emit(OP.mark);
        python.items.forEach(push);
        emit(OP.tuple);
        return;
      case 'global':
        push(python.module);
        push(python.name);
        emit(OP.stackGlobal);
        return;
      case 'call':
        push(python.callee);
        push(tuple(...python.args));
        emit(OP.reduce);
        return;
      case 'object':
        pushObject(python);
        return;
      default:
        python satisfies never;
    }
  };

  const pushObject = (python: PythonObject): void => {
    const known = memo.get(python);
    if (known !== undefined) {
      chunks.push(Buffer.of(OP.longBinGet, ...littleEndian(known)));
      return;
    }
    push(python.made);
    memo.set(python, memo.size);
    emit(OP.memoize);
    for (const step of python.steps(python)) {
      push(step);
      emit(OP.pop);
    }
  };

  push(value);
  emit(OP.stop);
  return Buffer.concat(chunks);
}

function textBytes(text: string): Buffer {
  const utf8 = Buffer.from(text);
  return Buffer.concat([Buffer.of(OP.binUnicode, ...littleEndian(utf8.length)), utf8]);
}

function intBytes(value: number): Buffer {
  if (!Number.isSafeInteger(value))
    throw new TypeError(`Not a whole number that a double holds exactly: ${value}`);
  if (value === (value | 0)) return Buffer.of(OP.binInt, ...littleEndian(value));
  const bytes = Buffer.alloc(10, Buffer.of(OP.long1, 8));
  bytes.writeBigInt64LE(BigInt(value), 2);
  return bytes;
}

function floatBytes(value: number): Buffer {
  const bytes = Buffer.alloc(9, OP.binFloat);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

function littleEndian(word: number): number[] {
  return [word & 255, (word >>> 8) & 255, (word >>> 16) & 255, (word >>> 24) & 255];
}
