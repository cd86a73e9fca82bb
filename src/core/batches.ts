/** Files that one list has open at a time. */
const BATCH = 32;

/** As `Promise.all` over `map`, a few at a time: a long list doesn't run out of file handles. */
export async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let i = 0; i < items.length; i += BATCH)
    results.push(...(await Promise.all(items.slice(i, i + BATCH).map(work))));
  return results;
}
