const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;
const EXPONENT = 0x65;

/** By the zeros behind a number's point: the power of ten that makes three digits of it. */
const TO_THREE_DIGITS = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8] as const;
const MOST_ZEROS = TO_THREE_DIGITS.length - 1;
const ZEROS_OF_EXPONENT = 4; // Python writes 0.0001, but 9.99e-05

/** Writes a whole number >= 0 and returns the offset behind it, as all writers here do. */
export function putInteger(bytes: Uint8Array, at: number, value: number): number {
  let width = 1;
  for (let bound = 10; value >= bound; bound *= 10) width += 1;
  return putPadded(bytes, at, value, width);
}

/** Writes a number with up to three decimals, and at least one, as Python prints it: `-6.319`, `90.0`. */
export function putThousandths(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let thousandths = Math.round(value * 1000);
  if (thousandths < 0) {
    bytes[at++] = MINUS;
    thousandths = -thousandths;
  }
  const whole = Math.floor(thousandths / 1000);
  at = putInteger(bytes, at, whole);
  bytes[at++] = POINT;
  return putFraction(bytes, at, thousandths - 1000 * whole, 3);
}

/**
 * Writes a number from 0 to 1 with up to three significant digits: `0.63`, `1.0`, `0.000181`, and below 0.0001 either `7.02e-06`, as
 * Python prints it, or `0.00000702`. Less than 1e-6, the smallest number of the real files, becomes `0.0`.
 */
export function putSignificant(bytes: Uint8Array, start: number, value: number, scientific: boolean): number {
  let zeros = 0;
  while (zeros < MOST_ZEROS && Math.round(value * TO_THREE_DIGITS[zeros + 1]!) < 1000) zeros += 1;
  const digits = Math.round(value * TO_THREE_DIGITS[zeros]!);
  if (digits < 100) return putThousandths(bytes, start, 0);
  if (digits === 1000) return putThousandths(bytes, start, 1);
  if (scientific && zeros >= ZEROS_OF_EXPONENT) return putExponential(bytes, start, digits, zeros + 1);
  bytes[start] = ZERO;
  bytes[start + 1] = POINT;
  bytes.fill(ZERO, start + 2, start + 2 + zeros);
  return putFraction(bytes, start + 2 + zeros, digits, 3);
}

/** Tells whether the number before an offset was written with an exponent. */
export function endsInExponent(bytes: Uint8Array, at: number): boolean {
  return bytes[at - 4] === EXPONENT;
}

function putExponential(bytes: Uint8Array, start: number, digits: number, exponent: number): number {
  let at = start;
  const first = Math.floor(digits / 100);
  bytes[at++] = ZERO + first;
  if (digits !== 100 * first) {
    bytes[at++] = POINT;
    at = putFraction(bytes, at, digits - 100 * first, 2);
  }
  bytes[at++] = EXPONENT;
  bytes[at++] = MINUS;
  return putPadded(bytes, at, exponent, 2);
}

/** Digits behind a point, without the zeros at their end but for one. */
function putFraction(bytes: Uint8Array, at: number, digits: number, width: number): number {
  let rest = digits;
  let count = width;
  while (count > 1 && rest % 10 === 0) {
    rest /= 10;
    count -= 1;
  }
  return putPadded(bytes, at, rest, count);
}

function putPadded(bytes: Uint8Array, at: number, value: number, width: number): number {
  let rest = value;
  for (let i = at + width - 1; i >= at; i -= 1) {
    const quotient = Math.floor(rest / 10);
    bytes[i] = ZERO + rest - 10 * quotient;
    rest = quotient;
  }
  return at + width;
}
