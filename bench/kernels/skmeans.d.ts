/** skmeans has no types of its own. */
declare module 'skmeans' {
  export default function skmeans(
    data: number[][],
    k: number,
    centroids: number[][],
    iterations: number,
  ): { readonly centroids: number[][]; readonly idxs: number[]; readonly it: number };
}
