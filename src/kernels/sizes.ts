/** Rows per block, as in assembly/layout.ts. */
export const BLOCK = 64;

/** Rows per part of work. It fixes how sums are grouped: another value changes the last digits of every result. */
export const PART = 128 * BLOCK;

/** Rows of columns that a thread copies into its scratch at a time: small enough for a second-level cache. */
export const TILE = 2048;

/** Bytes that a fit remembers of a block, as in assembly/layout.ts. */
export const REMEMBERED = 16;
