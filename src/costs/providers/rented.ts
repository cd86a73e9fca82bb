import type { Bill, Line } from '../bill.js';

/** What a provider would put on the bill. */
export interface Rented {
  readonly lines: readonly Line[];
  readonly instances: Bill['instances'];
}

/** What an instance may have: so many processors with memory up to so many GiB. */
export interface Size {
  readonly vcpus: number;
  readonly memory: number;
}

/** The smallest size that has both, the largest where none has. */
export function sizeFor<T extends Size>(sizes: readonly T[], vcpus: number, memory: number): T {
  return sizes.find((size) => size.vcpus >= vcpus && size.memory >= memory) ?? sizes.at(-1)!;
}
