/** Tracks that are held in memory unless told otherwise. */
export const DEFAULT_LIMIT = 2_000_000;
