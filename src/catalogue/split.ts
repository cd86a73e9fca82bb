import { SegueError } from '../core/errors.js';
import { textLiteral } from '../engine/sql.js';

/** How tracks are dealt to training and test. */
export interface SplitOptions {
  readonly seed: number;
  /** Share of the tracks on the test side, between 0 and 1. */
  readonly testShare: number;
}

/**
 * A track is on the test side iff the first 8 hexadecimal digits of md5(seed | track id) are below this, as text. It depends on the
 * seed and the id alone: no retrain, order of rows or engine moves a track to the other side.
 *
 * @returns 8 digits; '33333333' for 20 %
 * @throws SegueError SEGUE_INVALID_NUMBER
 */
export function splitThreshold(testShare: number): string {
  if (!(testShare > 0 && testShare < 1)) {
    throw new SegueError('SEGUE_INVALID_NUMBER', {
      what: 'The share of test tracks is not between 0 and 1',
      value: testShare,
      mend: 'Give a share such as 0.2.',
    });
  }
  return Math.floor(testShare * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}

/** The rule as an SQL condition over a column of track ids. */
export function isTestSql({ seed, testShare }: SplitOptions, trackId: string): string {
  // texts compare from the left: the digits behind the eighth change nothing
  return `md5(concat(${textLiteral(`${seed}|`)}, ${trackId})) < ${textLiteral(splitThreshold(testShare))}`;
}
