import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayText, decimalText, timestampText } from '#segue/engine/spark/arrow-texts.js';

it('writes days and moments before 1970 and to the microsecond', () => {
  expect(dayText(-1)).toBe('1969-12-31');
  expect(dayText(20_786)).toBe('2026-11-29');
  expect(timestampText(-1n, true)).toBe('1969-12-31T23:59:59.999999Z');
  expect(timestampText(0n, false)).toBe('1970-01-01T00:00:00.000000');
  expect(timestampText(1_795_946_400_123_456n, true)).toBe('2026-11-29T10:00:00.123456Z');
});

it('writes every decimal of 128 bits with its scale', () => {
  const whole = fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n });
  fc.assert(
    fc.property(whole, fc.integer({ min: 0, max: 38 }), (value, scale) => {
      const unsigned = BigInt.asUintN(128, value);
      const words = Uint32Array.from({ length: 4 }, (_, i) =>
        Number((unsigned >> BigInt(32 * i)) & 0xffffffffn),
      );
      const text = decimalText(words, scale);
      expect(text).toMatch(scale === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${scale}}$`));
      expect(BigInt(text.replace('.', ''))).toBe(value);
      expect(text).not.toMatch(/^-?0\d/);
    }),
  );
});
