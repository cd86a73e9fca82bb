import { SegueError } from '../core/errors.js';

/**
 * @param before rows before these columns
 * @throws SegueError SEGUE_INVALID_NUMBER for a value that isn't finite
 */
export function requireFinite(
  moments: readonly {
    readonly mean: number;
    readonly second: number;
    readonly min: number;
    readonly max: number;
  }[],
  names: readonly string[],
  columns: readonly Float64Array[],
  before: number,
): void {
  moments.forEach(({ mean, second, min, max }, j) => {
    if (Number.isFinite(mean + second) && Number.isFinite(min) && Number.isFinite(max)) return;
    const row = columns[j]!.findIndex((value) => !Number.isFinite(value));
    if (row === -1) return; // squares beyond the largest number: the values themselves are finite
    throw new SegueError('SEGUE_INVALID_NUMBER', {
      what: `${names[j]} of row ${before + row} is not a finite number`,
      value: String(columns[j]![row]),
      mend: 'Leave the row out, or mend its value.',
    });
  });
}

export function noRow(): SegueError {
  return new SegueError('SEGUE_TOO_FEW_ROWS', {
    what: 'There is no row to learn from',
    value: 0,
    limit: 1,
    mend: 'Give a catalogue with more tracks.',
  });
}
