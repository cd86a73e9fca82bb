/** Who does what a key asks for, as the ledger has it. */
export function actorOf(key: string | undefined): string {
  return `API key ${key}`;
}
