/**
 * Awaits works that run side by side, all of them also if one fails: nothing may still run on an engine that is closed.
 *
 * @returns their results
 * @throws the first failure, in the order of the list
 */
export async function allDone<T extends readonly unknown[]>(
  works: {
    readonly [K in keyof T]: Promise<T[K]>;
  },
): Promise<T> {
  const settled = await Promise.allSettled(works);
  const failure = settled.find((work) => work.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return settled.map((work) => (work as PromiseFulfilledResult<unknown>).value) as unknown as T;
}
