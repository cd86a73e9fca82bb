const YES: ReadonlySet<string> = new Set(['yes', 'true', '1', 'on']);
const NO: ReadonlySet<string> = new Set(['no', 'false', '0', 'off']);

/** Reads yes or no, also as other programs write them; undefined for what is neither. */
export function readYesNo(text: string): boolean | undefined {
  if (YES.has(text)) return true;
  return NO.has(text) ? false : undefined;
}
