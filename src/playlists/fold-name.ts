/** A name as it is compared: `Beyoncé `, `BEYONCÉ` and their decomposed forms are one. */
export function foldName(name: string): string {
  return name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}
