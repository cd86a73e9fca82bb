/**
 * Runs `work` one at a time. Calls that come before a run has begun share it, so its outcome is never older than the call.
 *
 * @param work must not reject
 */
export function coalesce(work: () => Promise<void>): () => Promise<void> {
  let last = Promise.resolve();
  let waiting: Promise<void> | undefined;
  return () => {
    waiting ??= last = last.then(() => {
      waiting = undefined;
      return work();
    });
    return waiting;
  };
}
