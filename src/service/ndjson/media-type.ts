/** Newline-delimited JSON: one value a line, in UTF-8. */
export const NDJSON = 'application/x-ndjson';
