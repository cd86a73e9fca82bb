const YES: readonly string[] = ['yes', 'true', '1', 'on'];
const NO: readonly string[] = ['no', 'false', '0', 'off'];

/** Reads yes or no, also as other programs write them; undefined for what is neither. */
export function readYesNo(text: string): boolean | undefined {
  if (YES.includes(text)) return true;
  return NO.includes(text) ? false : undefined;
}
