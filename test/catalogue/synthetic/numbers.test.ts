import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putInteger, putSignificant, putThousandths } from '#segue/catalogue/synthetic/numbers.js';

const written = (put: (bytes: Uint8Array) => number): string => {
  const bytes = new Uint8Array(40).fill(0x78);
  return Buffer.from(bytes.subarray(0, put(bytes))).toString('latin1');
};
const significant = (value: number, scientific = true): string =>
  written((bytes) => putSignificant(bytes, 0, value, scientific));
const thousandths = (value: number): string => written((bytes) => putThousandths(bytes, 0, value));

describe('numbers as the real files hold them', () => {
  it.each([
    [0.725, '0.725'],
    [0.63, '0.63'],
    [0.0340001, '0.034'],
    [0.09996, '0.1'],
    [0.0997, '0.0997'],
    [0.000181, '0.000181'],
    [0.0001, '0.0001'],
    [0.00009999, '0.0001'],
    [0.0000527, '5.27e-05'],
    [0.00001, '1e-05'],
    [0.0000052, '5.2e-06'],
    [0.00000702, '7.02e-06'],
    [0.000001, '1e-06'],
    [0.0000009, '0.0'],
    [0, '0.0'],
    [1, '1.0'],
    [0.9996, '1.0'],
  ])('%d is %s', (value, text) => {
    expect(significant(value)).toBe(text);
  });

  it('writes plain decimals where no exponent is wanted', () => {
    expect(significant(0.00000702, false)).toBe('0.00000702');
    expect(significant(0.00001, false)).toBe('0.00001');
  });

  it('keeps three significant digits of any share', () => {
    fc.assert(
      fc.property(fc.double({ min: 1.1e-6, max: 1, noNaN: true }), fc.boolean(), (value, scientific) => {
        const text = significant(value, scientific);
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(value * 0.00501);
        expect(text).toMatch(/^(0\.\d*[1-9]|1\.0|[1-9](\.\d?[1-9])?e-0\d)$/);
      }),
    );
  });

  it.each([
    [-6.319, '-6.319'],
    [90, '90.0'],
    [174.0191, '174.019'],
    [-0.0001, '0.0'],
    [-0.5, '-0.5'],
    [1.05, '1.05'],
    [0.007, '0.007'],
  ])('%d with three decimals is %s', (value, text) => {
    expect(thousandths(value)).toBe(text);
  });

  it('writes whole numbers as they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (value) => {
        expect(written((bytes) => putInteger(bytes, 0, value))).toBe(String(value));
      }),
    );
  });
});
