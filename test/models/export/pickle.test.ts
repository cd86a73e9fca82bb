import { describe, expect, it } from 'vitest';
import {
  call,
  float,
  floats,
  global,
  int,
  list,
  object,
  type Python,
  pickle,
  tuple,
} from '#segue/models/export/pickle.js';

const hex = (value: Python): string => Buffer.from(pickle(value)).toString('hex');

/** A text in a pickle: X, its length, its bytes. */
const text = (value: string): string => {
  const bytes = Buffer.from(value);
  return `58${bytes.length.toString(16).padStart(2, '0')}000000${bytes.toString('hex')}`;
};

// The expected bytes were read back by Python 3.11: pickle.loads(bytes.fromhex(…)) gives the value on the left.
describe('pickle', () => {
  it('writes scalars', () => {
    expect(hex(null)).toBe('80044e2e');
    expect(hex(true)).toBe('8004882e');
    expect(hex(false)).toBe('8004892e');
    expect(hex(int(1))).toBe('80044a010000002e');
    expect(hex(int(-2))).toBe('80044afeffffff2e');
    expect(hex(int(2 ** 31))).toBe('80048a0800000080000000002e');
    expect(hex(int(-(2 ** 40)))).toBe('80048a080000000000ffffff2e');
    expect(hex(float(0.1))).toBe('8004473fb999999999999a2e');
    expect(hex(float(-0))).toBe('80044780000000000000002e');
    expect(hex('año')).toBe('8004580400000061c3b16f2e');
  });

  it('writes lists and tuples', () => {
    expect(hex(list([]))).toBe('80045d28652e');
    expect(hex(floats([1, 2]))).toBe('80045d28473ff0000000000000474000000000000000652e');
    expect(hex(tuple(true, null))).toBe('800428884e742e');
  });

  it('writes calls of what can be imported', () => {
    expect(hex(call(global('builtins', 'abs'), int(-1)))).toBe(
      `8004${text('builtins')}${text('abs')}93284affffffff74522e`,
    );
  });

  it('makes an object once, does its steps and refers to it where it comes again', () => {
    const made = object(call(global('builtins', 'dict')), (self) => [call(global('builtins', 'id'), self)]);
    const dict = `${text('builtins')}${text('dict')}9328745294`;
    const step = `${text('builtins')}${text('id')}93286a00000000745230`;
    expect(hex(list([made, made]))).toBe(`80045d28${dict}${step}6a00000000652e`);
  });

  it('refuses a whole number that a double does not hold', () => {
    expect(() => pickle(int(2 ** 53))).toThrow('9007199254740992');
    expect(() => pickle(int(0.5))).toThrow('0.5');
  });
});
