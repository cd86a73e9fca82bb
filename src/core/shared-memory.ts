const PAGE_BYTES = 65_536;

/** What a memory of WebAssembly holds at most. */
export const MOST_MEMORY_BYTES = 2 ** 32;

/** A shared memory of WebAssembly of so many bytes, all zero. */
export function allocateMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}
