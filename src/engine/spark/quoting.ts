/** A name of a view or column, quoted so that any text may be one. */
export function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
