/** Which part of a list is wanted. */
export interface PageAsk<Position> {
  /** Most entries. */
  readonly limit: number;
  /** Position of the last entry that the caller has; undefined for the beginning. */
  readonly after: Position | undefined;
}

/** A part of a list. Positions name entries, not numbers, so that entries which come meanwhile neither repeat nor hide others. */
export interface Page<Entry, Position> {
  readonly entries: readonly Entry[];
  /** Position of the last entry where more follow; undefined at the end. */
  readonly next: Position | undefined;
}
