/** A binary heap of ids, that of the least key first; of equal keys, the lower id. Grows as needed. */
export class MinHeap {
  size = 0;
  #keys: Float64Array;
  #ids: Uint32Array;

  constructor(room: number) {
    this.#keys = new Float64Array(room);
    this.#ids = new Uint32Array(room);
  }

  /** Least key; Infinity where there is none. */
  get least(): number {
    return this.size === 0 ? Infinity : this.#keys[0]!;
  }

  /** The id with the least key. The heap must not be empty. */
  get first(): number {
    return this.#ids[0]!;
  }

  push(key: number, id: number): void {
    if (this.size === this.#keys.length) this.#grow();
    const [keys, ids] = [this.#keys, this.#ids];
    let at = this.size;
    this.size += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(key, id, keys[parent]!, ids[parent]!)) break;
      keys[at] = keys[parent]!;
      ids[at] = ids[parent]!;
      at = parent;
    }
    keys[at] = key;
    ids[at] = id;
  }

  /** Takes the first id off. The heap must not be empty. */
  pop(): number {
    const [keys, ids] = [this.#keys, this.#ids];
    const first = ids[0]!;
    this.size -= 1;
    const key = keys[this.size]!;
    const id = ids[this.size]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && isBefore(keys[child + 1]!, ids[child + 1]!, keys[child]!, ids[child]!))
        child += 1;
      if (!isBefore(keys[child]!, ids[child]!, key, id)) break;
      keys[at] = keys[child]!;
      ids[at] = ids[child]!;
      at = child;
    }
    keys[at] = key;
    ids[at] = id;
    return first;
  }

  #grow(): void {
    const room = Math.max(16, 2 * this.#keys.length);
    const [keys, ids] = [new Float64Array(room), new Uint32Array(room)];
    keys.set(this.#keys);
    ids.set(this.#ids);
    this.#keys = keys;
    this.#ids = ids;
  }
}

function isBefore(key: number, id: number, otherKey: number, otherId: number): boolean {
  return key < otherKey || (key === otherKey && id < otherId);
}
